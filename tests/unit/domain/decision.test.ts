import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, DEFAULT_APPETITE, limitOf, pick } from '../../../src-main/domain/risk/decision.ts';
import type { Rung } from '../../../src-main/domain/risk/ladder.ts';
import { penalised, unbiased } from '../../../src-main/domain/risk/risk-curve.ts';
import { ounces, SIZES } from '../../../src-main/domain/size.ts';
import type { Fraction, UsdPerOunce } from '../../../src-main/domain/units.ts';

interface LadderShape {
  p: (ounces: number) => number;
  feasibleUpTo?: number;
  expectedReturn?: (ounces: number) => number;
}

function ladderWhere({ p, feasibleUpTo = 4.5, expectedReturn = () => 0 }: LadderShape): Rung[] {
  return SIZES.map((size) => {
    const feasible = ounces(size) <= feasibleUpTo;
    return {
      size,
      feasible,
      leverage: ounces(size) * 4,
      liquidationPrice: 1900 as UsdPerOunce,
      pLiquidation: feasible ? (p(ounces(size)) as Fraction) : null,
      expectedReturn: feasible ? (expectedReturn(ounces(size)) as Fraction) : null,
    };
  });
}
const LIMIT = limitOf(DEFAULT_APPETITE, 'v3');
const inOunces = (rung: Rung | null) => rung && ounces(rung.size);

describe('largest-safe, the default policy', () => {
  it('takes the largest size under threshold times safety factor and names the first that fails', () => {
    const decision = decide(ladderWhere({ p: (oz) => oz * 0.0205 }), LIMIT);
    expect(decision.limit).toBeCloseTo(0.06, 12);
    expect(inOunces(decision.recommended)).toBe(2.85);
    expect(inOunces(decision.firstOver)).toBe(3);
  });

  it('needs P strictly under the limit', () => {
    const p = (oz: number) => (oz < 1 ? 0.01 : DEFAULT_APPETITE.threshold * 0.6);
    expect(inOunces(decide(ladderWhere({ p }), LIMIT).recommended)).toBe(0.9);
  });

  it('never recommends a size that margin does not carry', () => {
    const decision = decide(ladderWhere({ p: () => 0.001, feasibleUpTo: 1.94 }), LIMIT);
    expect(inOunces(decision.recommended)).toBe(1.8);
    expect(decision.wholeLadderSafe).toBe(false);
  });

  it('says when the ladder ends before the risk does', () => {
    const decision = decide(ladderWhere({ p: () => 0.01 }), LIMIT);
    expect(inOunces(decision.recommended)).toBe(4.5);
    expect(decision.wholeLadderSafe).toBe(true);
    expect(decision.firstOver).toBeNull();
  });
});

describe('the limit', () => {
  const appetite = (threshold: number, safetyFactor = 0.6) => ({
    threshold: threshold as Fraction,
    safetyFactor: safetyFactor as Fraction,
  });
  const thresholds = fc.double({ min: 0.01, max: 0.25, noNaN: true });

  it('is the threshold times the safety factor, for V3, a baseline and nobody', () => {
    for (const kind of ['v3', 'baseline', null] as const) {
      expect(limitOf(appetite(0.1), kind)).toBeCloseTo(0.06, 12);
      expect(limitOf(appetite(0.2, 1), kind)).toBeCloseTo(0.2, 12);
    }
  });

  it('of V2 holds its P to t / (5 - 4t), whatever the safety factor: 10% to 2.174%', () => {
    expect(limitOf(appetite(0.1), 'v2')).toBeCloseTo(0.1 / 4.6, 12);
    expect(limitOf(appetite(0.1, 1), 'v2')).toBe(limitOf(appetite(0.1, 0.05), 'v2'));
  });

  it('of V2 takes the sizes whose penalised P is under the threshold, and no other', () => {
    const penalisedP = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(penalisedP, thresholds, (p, threshold) => {
        // Nearer than that, rounding decides.
        fc.pre(Math.abs(p - threshold) > 1e-12);
        const limit = limitOf(appetite(threshold), 'v2');
        const { recommended } = decide(ladderWhere({ p: () => unbiased(p) }), limit);
        expect(recommended !== null).toBe(p < threshold);
      }),
    );
  });

  it('of V2 turns back into the threshold', () => {
    fc.assert(
      fc.property(thresholds, (threshold) => {
        expect(penalised(limitOf(appetite(threshold), 'v2'))).toBeCloseTo(threshold, 12);
      }),
    );
  });
});

describe('a model whose P need not rise with the size', () => {
  it('has the largest size under the limit taken, and the one above it named', () => {
    const p = (oz: number) => (oz === 1.5 || oz > 2.85 ? 0.09 : 0.01);
    const decision = decide(ladderWhere({ p }), LIMIT);
    expect(inOunces(decision.recommended)).toBe(2.85);
    expect(inOunces(decision.firstOver)).toBe(3);
  });
});

describe('standing aside', () => {
  it('is the answer where every size that fits is over the limit', () => {
    const decision = decide(ladderWhere({ p: () => 0.3 }), LIMIT);
    expect(decision.recommended).toBeNull();
    expect(decision.reason).toBe('all-over-limit');
    expect(inOunces(decision.firstOver)).toBe(0.15);
  });

  it('is told apart from no margin at all and from no model', () => {
    const poor = ladderWhere({ p: () => 0, feasibleUpTo: 0 });
    expect(decide(poor, LIMIT).reason).toBe('no-margin');
    const blind = ladderWhere({ p: () => 0 }).map((rung) => ({ ...rung, pLiquidation: null }));
    expect(decide(blind, LIMIT).reason).toBe('no-curve');
  });
});

describe('best-return, the older policy', () => {
  const p = (oz: number) => oz * 0.0205;

  it('takes the safe size with the best mean return and shows what largest-safe would take', () => {
    const expectedReturn = (oz: number) => 0.02 - Math.abs(oz - 1.5) * 0.01;
    const decision = decide(ladderWhere({ p, expectedReturn }), LIMIT, 'best-return');
    expect(inOunces(decision.recommended)).toBe(1.5);
    expect(inOunces(decision.otherPolicy)).toBe(2.85);
  });

  it('gives near-ties of 0.1 points to the larger size', () => {
    const expectedReturn = (oz: number) => (oz >= 1.5 && oz <= 2.1 ? 0.02 - oz * 1e-4 : 0);
    const decision = decide(ladderWhere({ p, expectedReturn }), LIMIT, 'best-return');
    expect(inOunces(decision.recommended)).toBe(2.1);
  });

  it('never reaches over the limit for a better return', () => {
    const decision = decide(ladderWhere({ p, expectedReturn: (oz) => oz }), LIMIT, 'best-return');
    expect(inOunces(decision.recommended)).toBe(2.85);
  });
});

describe('the pick among ladders that lie one after the other', () => {
  const ladders = { p: Float64Array.of(...rungs(0.01), ...rungs(0.3)), meanReturn: null };
  function rungs(p: number) {
    return SIZES.map((size) => p * size);
  }

  it('reads the ladder of that number, and no further than margin carries', () => {
    expect(pick(ladders, 30, 0.06, 'largest-safe', 0)).toBe(5);
    expect(pick(ladders, 3, 0.06, 'largest-safe', 0)).toBe(3);
    expect(pick(ladders, 30, 0.06, 'largest-safe', 1)).toBe(0);
    expect(pick(ladders, 0, 0.06, 'largest-safe', 0)).toBe(0);
  });

  it('is the largest safe size where no mean return is known', () => {
    expect(pick(ladders, 30, 0.06, 'best-return', 0)).toBe(5);
    const unknown = { ...ladders, meanReturn: new Float64Array(2 * SIZES.length).fill(NaN) };
    expect(pick(unknown, 30, 0.06, 'best-return', 0)).toBe(5);
  });

  it('never takes a size of unknown mean return before one of a known one', () => {
    const meanReturn = new Float64Array(2 * SIZES.length).fill(NaN);
    meanReturn[1] = -0.5;
    expect(pick({ ...ladders, meanReturn }, 30, 0.06, 'best-return', 0)).toBe(2);
  });

  it('takes no size that no P is stated of', () => {
    const silent = { ...ladders, p: new Float64Array(2 * SIZES.length).fill(NaN) };
    expect(pick(silent, 30, 0.06, 'largest-safe', 0)).toBe(0);
    expect(pick(silent, 30, 0.06, 'best-return', 0)).toBe(0);
  });
});
