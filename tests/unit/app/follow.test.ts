import { describe, expect, it } from 'vitest';
import { followTrade } from '../../../src-main/journal/follow.ts';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { EXIT_RULES } from '../../../src-main/domain/exits/exit-rule.ts';
import type { FollowPlan } from '../../../src-main/contract/desk.ts';
import type { Bars } from '../../../src-main/domain/bars/bars.ts';
import type { Money } from '../../../src-main/domain/units.ts';

/** Hours at $2,000 that fall to $1,700 for one bar after five hours, and end at $2,020. */
function bars(): Bars {
  const length = 60;
  const column = (value: number) => new Float64Array(length).fill(value);
  const close = column(2000);
  close[59] = 2020;
  const low = column(1999);
  low[25] = 1700;
  return {
    stepSeconds: 3600,
    time: column(0).map((_, i) => i * 3600),
    open: column(2000),
    high: column(2021),
    low,
    close,
    volume: column(1),
  };
}

const PLAN: FollowPlan = {
  series: 'gold',
  timeframe: null,
  entry: 20,
  upTo: 59,
  direction: 'long',
  equity: 500 as Money,
  rules: STUDY_RULES,
  rule: EXIT_RULES.hold,
  holding: 39,
};

describe('a position that is followed', () => {
  it('has liquidated nothing before the fall, and no exit', () => {
    const told = followTrade(bars(), { ...PLAN, upTo: 24 });
    expect(told.exit).toBeNull();
    expect(told.last).toBe(24);
    expect(told.outcomes.every(({ liquidatedAt }) => liquidatedAt === null)).toBe(true);
  });

  it('liquidates the sizes that a fall of 15% reaches: those with 0.7 · E / s under $300', () => {
    const told = followTrade(bars(), PLAN);
    // 0.7 · 500 / 300 = 1.1667 oz: 1.05 survives and ends with $20 an ounce, 1.20 does not.
    expect(told.outcomes[6]).toMatchObject({ liquidatedAt: null, return: (20 * 1.05) / 500 });
    expect(told.outcomes[7]).toMatchObject({ liquidatedAt: 25 });
    expect(told.outcomes[7]!.return).toBeCloseTo(-0.7, 10);
    expect(told.best).toBe(7);
    expect(told.adverse).toBeCloseTo(0.15, 10);
    expect(told.move).toBeCloseTo(0.01, 10);
  });

  it('has no return and no price for a size that margin does not carry', () => {
    const told = followTrade(bars(), { ...PLAN, equity: 15 as Money });
    expect(told.outcomes[0]).toMatchObject({ feasible: true });
    expect(told.outcomes[1]).toEqual({
      feasible: false,
      liquidatedAt: null,
      return: null,
      liquidationPrice: null,
    });
    expect(followTrade(bars(), { ...PLAN, equity: 14 as Money }).best).toBeNull();
  });

  it('is held as long as planned, to the middle of the range without a plan, and never past the cap', () => {
    const exitOf = (holding: number | null, rule = EXIT_RULES.hold) =>
      followTrade(bars(), { ...PLAN, holding, rule: { ...rule, shortest: 4, cap: 36 } }).exit?.bar;
    expect(exitOf(10)).toBe(30);
    expect(exitOf(null)).toBe(32);
    expect(exitOf(500)).toBe(56);
  });

  it('is refused for bars that the series does not have', () => {
    expect(() => followTrade(bars(), { ...PLAN, upTo: 60 })).toThrow('which has 60');
    expect(() => followTrade(bars(), { ...PLAN, upTo: 19 })).toThrow('are not all');
  });
});
