import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathOf } from '../../src-main/domain/bars/bars.ts';
import { liquidationLoss, NO_COSTS, STUDY_RULES } from '../../src-main/domain/account/broker.ts';
import { drawdownOf, settleSize } from '../../src-main/domain/simulate/drawdown.ts';
import { simulatePlainly } from '../../src-main/domain/simulate/simulate-plain.ts';
import {
  emptyLadderOutcome,
  excursion,
  nightsOf,
  simulateLadder,
  type SimulationPath,
} from '../../src-main/domain/simulate/simulate.ts';
import { ounces, SIZES } from '../../src-main/domain/size.ts';
import type { Bars } from '../../src-main/domain/bars/bars.ts';
import type { Direction, Fraction, Money, SizeIndex } from '../../src-main/domain/units.ts';
import { brokerRules } from '../support/accounts.ts';
import { randomBars } from '../support/market.ts';

const directions = fc.constantFrom<Direction>('long', 'short');
const equities = fc.integer({ min: 20, max: 3_000 }).map((e) => e as Money);
const trades = fc
  .tuple(randomBars({ minLength: 3, maxLength: 220 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([bars, where]) => ({ bars, entry: Math.floor(where * (bars.close.length - 2)) }));

const simulationPath = (bars: Bars, direction: Direction): SimulationPath => ({
  ...pathOf(bars, direction),
  direction,
  nights: nightsOf(bars),
});

describe('the one-pass simulator', () => {
  it('agrees with the plain one on every size of every trade: gaps, costs, both stop-out rules', () => {
    const seen = { liquidated: 0, survived: 0, infeasible: 0, gapped: 0 };
    fc.assert(
      fc.property(trades, directions, equities, brokerRules, (trade, direction, equity, rules) => {
        const { bars, entry } = trade;
        const exit = bars.close.length - 1;
        const out = emptyLadderOutcome();
        simulateLadder(simulationPath(bars, direction), entry, exit, equity, rules, out);
        for (const size of SIZES) {
          const plain = simulatePlainly(bars, { entry, exit, direction }, size, equity, rules);
          expect(size <= out.feasible).toBe(plain.feasible);
          expect(out.liquidatedAt[size - 1]).toBe(plain.liquidatedAt);
          if (plain.feasible) expect(out.returns[size - 1]).toBeCloseTo(plain.return, 10);
          else expect(out.returns[size - 1]).toBeNaN();
          if (!plain.feasible) seen.infeasible++;
          else if (plain.liquidatedAt < 0) seen.survived++;
          else seen.liquidated++;
          if (plain.return < -0.7001) seen.gapped++;
        }
      }),
      { numRuns: 400, seed: 1 },
    );
    // The agreement means nothing where a case never occurred.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
  });

  it('settles from the drawdown alone what it settles from the bars, at any equity and rule', () => {
    let settled = 0;
    fc.assert(
      fc.property(trades, directions, equities, brokerRules, (trade, direction, equity, rules) => {
        const path = simulationPath(trade.bars, direction);
        const exit = trade.bars.close.length - 1;
        const drawdown = drawdownOf(path, trade.entry, exit, rules.costs);
        const out = emptyLadderOutcome();
        simulateLadder(path, trade.entry, exit, equity, rules, out);
        for (let rung = 1; rung <= out.feasible; rung++) {
          const size = ounces(rung as SizeIndex);
          const result = settleSize(drawdown, size, equity, rules);
          const at = out.liquidatedAt[rung - 1]!;
          const loss = liquidationLoss(size, equity, drawdown.entryPrice, rules);
          // Where a worst meets the loss to the last bit, rounding decides.
          if (drawdown.worst.some((worst) => Math.abs(worst - loss) < 1e-9)) continue;
          expect(result.liquidatedAfter).toBe(at < 0 ? -1 : at - trade.entry);
          expect(result.return).toBeCloseTo(out.returns[rung - 1]!, 9);
          settled++;
        }
      }),
      { numRuns: 400, seed: 6 },
    );
    expect(settled).toBeGreaterThan(2_000);
  });

  it('never lets a larger size outlive a smaller one', () => {
    fc.assert(
      fc.property(trades, directions, equities, brokerRules, (trade, direction, equity, rules) => {
        const out = emptyLadderOutcome();
        const exit = trade.bars.close.length - 1;
        simulateLadder(
          simulationPath(trade.bars, direction),
          trade.entry,
          exit,
          equity,
          rules,
          out,
        );
        const lifetimes = Array.from(out.liquidatedAt.subarray(0, out.feasible), (bar) =>
          bar < 0 ? Infinity : bar,
        );
        expect(lifetimes).toEqual(lifetimes.toSorted((a, b) => b - a));
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  it('survives exactly where the adverse excursion stays under 0.70 / L', () => {
    fc.assert(
      fc.property(trades, directions, equities, ({ bars, entry }, direction, equity) => {
        const path = simulationPath(bars, direction);
        const exit = bars.close.length - 1;
        const out = emptyLadderOutcome();
        simulateLadder(path, entry, exit, equity, STUDY_RULES, out);
        const { adverse } = excursion(path, entry, exit);
        for (const size of SIZES.slice(0, out.feasible)) {
          const move = (0.7 * equity) / (ounces(size) * bars.close[entry]!);
          if (Math.abs(move - adverse) < 1e-12) continue; // the last bit decides
          expect(out.liquidatedAt[size - 1]! >= 0).toBe(adverse > move);
        }
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('loses 70% on a liquidation without a gap, more with one, never over 100% when protected', () => {
    fc.assert(
      fc.property(trades, directions, equities, ({ bars, entry }, direction, equity) => {
        const path = simulationPath(bars, direction);
        const out = emptyLadderOutcome();
        simulateLadder(path, entry, bars.close.length - 1, equity, STUDY_RULES, out);
        for (let i = 0; i < out.feasible; i++) {
          const bar = out.liquidatedAt[i]!;
          if (bar < 0) continue;
          const size = SIZES[i]!;
          const trigger = path.close[entry]! - (0.7 * equity) / ounces(size);
          expect(out.returns[i]).toBeGreaterThanOrEqual(-1);
          if (path.open[bar]! > trigger) expect(out.returns[i]).toBeCloseTo(-0.7, 9);
          else expect(out.returns[i]).toBeLessThan(-0.7 + 1e-9);
        }
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  it('charges nothing where costs are zero: the return is size times the price change', () => {
    fc.assert(
      fc.property(trades, directions, ({ bars, entry }, direction) => {
        const rules = {
          ...STUDY_RULES,
          leverage: 1e6,
          stopOut: { kind: 'equity' as const, fraction: 0 as Fraction },
          costs: NO_COSTS,
        };
        const equity = 1e7 as Money;
        const out = emptyLadderOutcome();
        const exit = bars.close.length - 1;
        simulateLadder(simulationPath(bars, direction), entry, exit, equity, rules, out);
        const sign = direction === 'long' ? 1 : -1;
        for (const size of SIZES) {
          const profit = sign * (bars.close[exit]! - bars.close[entry]!) * ounces(size);
          expect(out.returns[size - 1]).toBeCloseTo(profit / equity, 12);
        }
      }),
      { numRuns: 100, seed: 5 },
    );
  });
});
