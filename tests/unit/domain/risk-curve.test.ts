import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  liquidationProbability,
  type HazardCurve,
} from '../../../src-main/domain/risk/risk-curve.ts';
import { settleLadder } from '../../../src-main/domain/risk/ladder.ts';
import type { Direction, Fraction, Money, UsdPerOunce } from '../../../src-main/domain/units.ts';
import { brokerRules } from '../../support/accounts.ts';
import { hazardCurves } from '../../support/risk-curves.ts';

describe('the risk curve', () => {
  it('never gives a larger size a smaller P(liquidation), whatever the account', () => {
    fc.assert(
      fc.property(
        hazardCurves,
        fc.constantFrom<Direction>('long', 'short'),
        fc.integer({ min: 20, max: 100_000 }),
        fc.integer({ min: 300, max: 9000 }),
        brokerRules,
        (curve, direction, equity, price, rules) => {
          const ladder = settleLadder(curve, {
            direction,
            equity: equity as Money,
            price: price as UsdPerOunce,
            rules,
          });
          const known = ladder.map((rung) => rung.pLiquidation).filter((p) => p !== null);
          expect(known).toEqual(known.toSorted((a, b) => a - b));
          expect(known.every((p) => p >= 0 && p <= 1)).toBe(true);
        },
      ),
    );
  });

  it('is the exponential of the hazard between its edges, and flat beyond the last', () => {
    const curve: HazardCurve = {
      kind: 'hazard',
      reference: -6,
      cumulativeHazard: Array.from({ length: 25 }, (_, i) => i * 0.1),
      meanReturn: new Array<number>(25).fill(0),
    };
    const at = (y: number) => liquidationProbability(curve, Math.exp(y - 6) as Fraction);
    expect(at(-3)).toBe(1);
    expect(at(-1.5 + 0.3125 * 4)).toBeCloseTo(Math.exp(-0.4), 10);
    expect(at(-1.5 + 0.3125 * 4.5)).toBeCloseTo(Math.exp(-0.45), 10);
    expect(at(6)).toBeCloseTo(Math.exp(-2.4), 10);
    expect(at(20)).toBe(at(6));
  });

  it('counts a position without room as already liquidated', () => {
    const curve: HazardCurve = {
      kind: 'hazard',
      reference: -6,
      cumulativeHazard: new Array<number>(25).fill(5),
      meanReturn: new Array<number>(25).fill(0),
    };
    expect(liquidationProbability(curve, 0 as Fraction)).toBe(1);
    expect(liquidationProbability(curve, -0.01 as Fraction)).toBe(1);
  });
});
