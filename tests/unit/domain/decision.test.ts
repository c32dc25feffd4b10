import { describe, expect, it } from 'vitest';
import { decide, DEFAULT_APPETITE } from '../../../src-main/domain/decision.ts';
import type { Rung } from '../../../src-main/domain/ladder.ts';
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
const inOunces = (rung: Rung | null) => rung && ounces(rung.size);

describe('largest-safe, the default policy', () => {
  it('takes the largest size under threshold times safety factor and names the first that fails', () => {
    const decision = decide(ladderWhere({ p: (oz) => oz * 0.0205 }), DEFAULT_APPETITE);
    expect(decision.limit).toBeCloseTo(0.06, 12);
    expect(inOunces(decision.recommended)).toBe(2.85);
    expect(inOunces(decision.firstOver)).toBe(3);
  });

  it('needs P strictly under the limit', () => {
    const p = (oz: number) => (oz < 1 ? 0.01 : DEFAULT_APPETITE.threshold * 0.6);
    expect(inOunces(decide(ladderWhere({ p }), DEFAULT_APPETITE).recommended)).toBe(0.9);
  });

  it('never recommends a size that margin does not carry', () => {
    const decision = decide(ladderWhere({ p: () => 0.001, feasibleUpTo: 1.94 }), DEFAULT_APPETITE);
    expect(inOunces(decision.recommended)).toBe(1.8);
    expect(decision.wholeLadderSafe).toBe(false);
  });

  it('says when the ladder ends before the risk does', () => {
    const decision = decide(ladderWhere({ p: () => 0.01 }), DEFAULT_APPETITE);
    expect(inOunces(decision.recommended)).toBe(4.5);
    expect(decision.wholeLadderSafe).toBe(true);
    expect(decision.firstOver).toBeNull();
  });
});

describe('standing aside', () => {
  it('is the answer where every size that fits is over the limit', () => {
    const decision = decide(ladderWhere({ p: () => 0.3 }), DEFAULT_APPETITE);
    expect(decision.recommended).toBeNull();
    expect(decision.reason).toBe('all-over-limit');
    expect(inOunces(decision.firstOver)).toBe(0.15);
  });

  it('is told apart from no margin at all and from no model', () => {
    const poor = ladderWhere({ p: () => 0, feasibleUpTo: 0 });
    expect(decide(poor, DEFAULT_APPETITE).reason).toBe('no-margin');
    const blind = ladderWhere({ p: () => 0 }).map((rung) => ({ ...rung, pLiquidation: null }));
    expect(decide(blind, DEFAULT_APPETITE).reason).toBe('no-curve');
  });
});

describe('best-return, the older policy', () => {
  const p = (oz: number) => oz * 0.0205;

  it('takes the safe size with the best mean return and shows what largest-safe would take', () => {
    const expectedReturn = (oz: number) => 0.02 - Math.abs(oz - 1.5) * 0.01;
    const decision = decide(ladderWhere({ p, expectedReturn }), DEFAULT_APPETITE, 'best-return');
    expect(inOunces(decision.recommended)).toBe(1.5);
    expect(inOunces(decision.otherPolicy)).toBe(2.85);
  });

  it('gives near-ties of 0.1 points to the larger size', () => {
    const expectedReturn = (oz: number) => (oz >= 1.5 && oz <= 2.1 ? 0.02 - oz * 1e-4 : 0);
    const decision = decide(ladderWhere({ p, expectedReturn }), DEFAULT_APPETITE, 'best-return');
    expect(inOunces(decision.recommended)).toBe(2.1);
  });

  it('never reaches over the limit for a better return', () => {
    const decision = decide(
      ladderWhere({ p, expectedReturn: (oz) => oz }),
      DEFAULT_APPETITE,
      'best-return',
    );
    expect(inOunces(decision.recommended)).toBe(2.85);
  });
});
