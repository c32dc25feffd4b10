import { describe, expect, it } from 'vitest';
import { STUDY_RULES } from '../../../src-main/domain/broker.ts';
import { settleLadder } from '../../../src-main/domain/ladder.ts';
import { lotsDown, probabilityAt } from '../../../src-main/domain/lots.ts';
import { ounces, SIZES } from '../../../src-main/domain/size.ts';
import type { RiskCurve } from '../../../src-main/domain/risk-curve.ts';
import type { Money, Ounces, SizeIndex, UsdPerOunce } from '../../../src-main/domain/units.ts';

describe('broker lots', () => {
  it('round down to 0.01 lot, which is 1 oz', () => {
    expect(lotsDown(2.85 as Ounces)).toEqual({ lots: 0.02, ounces: 2 });
    expect(lotsDown(0.9 as Ounces)).toEqual({ lots: 0, ounces: 0 });
  });

  it('keep a size that is whole', () => {
    expect(lotsDown(ounces(20 as SizeIndex))).toEqual({ lots: 0.03, ounces: 3 });
  });
});

describe('P(liquidation) between two rungs', () => {
  const curve: RiskCurve = {
    kind: 'hazard',
    reference: -4.2,
    cumulativeHazard: Array.from({ length: 25 }, (_, i) => i * i * 0.02),
    meanReturn: Array.from({ length: 25 }, () => 0),
  };
  const position = {
    price: 2060.13 as UsdPerOunce,
    equity: 500 as Money,
    direction: 'long' as const,
    rules: STUDY_RULES,
  };

  it('is the rung’s own at a rung', () => {
    const ladder = settleLadder(curve, position);
    for (const size of SIZES) {
      expect(probabilityAt(ounces(size), curve, position)).toBeCloseTo(
        ladder[size - 1]!.pLiquidation ?? NaN,
        12,
      );
    }
  });

  it('lies between its neighbours', () => {
    const at = (size: number) => probabilityAt(size as Ounces, curve, position);
    expect(at(1)).toBeGreaterThan(at(0.9));
    expect(at(1)).toBeLessThan(at(1.05));
  });
});
