import { beforeAll, expect, it } from 'vitest';
import { followTrade, holdingHistory } from '../../src-main/journal/follow.ts';
import { sliceBars, type Bars } from '../../src-main/domain/bars/bars.ts';
import { STUDY_RULES } from '../../src-main/domain/account/broker.ts';
import { EXIT_RULES } from '../../src-main/domain/exits/exit-rule.ts';
import type { FollowPlan } from '../../src-main/contract/desk.ts';
import type { Direction, Money } from '../../src-main/domain/units.ts';
import { fileTime, goldUntil2023, readCsv } from '../support/gold.ts';
import { describeShared } from '../support/shared.ts';

const FILES = {
  cross: 'reference/trades_cross_gold_2018_2022.csv',
  rsi: 'reference/trades_rsi_gold_2018_2022.csv',
} as const;
type Rule = keyof typeof FILES;

interface Known {
  readonly plan: FollowPlan;
  readonly exit: number;
  readonly mae: number;
  readonly final: number;
}

describeShared('a trade that is followed bar by bar on real gold', () => {
  let bars: Bars;
  const known = {} as Record<Rule, Known[]>;

  beforeAll(() => {
    bars = goldUntil2023();
    const indexOf = new Map(Array.from(bars.time, (time, i) => [time, i]));
    for (const kind of Object.keys(FILES) as Rule[]) {
      known[kind] = readCsv(FILES[kind]).map((row) => ({
        plan: {
          series: 'gold',
          timeframe: null,
          entry: indexOf.get(fileTime(row.entry_time!))!,
          upTo: bars.time.length - 1,
          direction: row.direction as Direction,
          equity: 500 as Money,
          rules: STUDY_RULES,
          rule: EXIT_RULES[kind],
          holding: null,
        },
        exit: indexOf.get(fileTime(row.exit_time!))!,
        mae: Number(row.mae),
        final: Number(row.final_return),
      }));
    }
  });

  for (const kind of ['cross', 'rsi'] as const) {
    it(`ends where the independent program ends it, ${kind}`, () => {
      for (const { plan, exit, mae, final } of known[kind].filter((_, i) => i % 7 === 0)) {
        const told = followTrade(bars, plan);
        expect(told.exit!.bar).toBe(exit);
        expect(told.exit!.closedAt).toBe(bars.time[exit]! + 3600);
        expect(Math.abs(told.adverse - mae)).toBeLessThan(1e-8);
        expect(Math.abs(told.move - final)).toBeLessThan(1e-8);
      }
    });

    it(`says the same where no bar follows: nothing is read ahead, ${kind}`, () => {
      for (const { plan, exit } of known[kind].filter((_, i) => i % 97 === 0)) {
        for (const upTo of [plan.entry, exit - 1, exit]) {
          const whole = followTrade(bars, { ...plan, upTo });
          const cut = followTrade(sliceBars(bars, 0, upTo + 1), { ...plan, upTo });
          expect(whole).toEqual(cut);
          expect(whole.exit === null).toBe(upTo < exit);
          expect(whole.last).toBe(upTo);
          expect(whole.bars === null).toBe(upTo < exit);
        }
      }
    });
  }

  it('tells how long such trades lasted, of those that had ended by the bar alone', () => {
    const bar = 20_000;
    const told = holdingHistory(bars, bar, 'long', EXIT_RULES.cross);
    expect(told).toEqual(
      holdingHistory(sliceBars(bars, 0, bar + 1), bar, 'long', EXIT_RULES.cross),
    );
    // Entered at each bar from the first with both averages to the last whose cap had passed.
    expect(told.trades).toBe(bar - 720 - 127 + 1);
    const { low, median, high } = told.bars!;
    expect(low).toBeLessThan(median);
    expect(median).toBeLessThan(high);
    expect(high).toBeLessThanOrEqual(720);
  });

  it('has no history where no trade can have ended', () => {
    expect(holdingHistory(bars, 500, 'long', EXIT_RULES.cross)).toEqual({ trades: 0, bars: null });
  });
});
