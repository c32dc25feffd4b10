import fc from 'fast-check';
import {
  CURVE_BINS,
  type HazardCurve,
  type RiskCurve,
} from '../../src-main/domain/risk/risk-curve.ts';
import { SIZE_COUNT } from '../../src-main/domain/size.ts';
import type { Position } from '../../src-main/domain/risk/ladder.ts';
import type { Direction, Money, UsdPerOunce } from '../../src-main/domain/units.ts';
import { brokerRules } from './accounts.ts';

const column = (length: number, value: fc.Arbitrary<number>) =>
  fc.array(value, { minLength: length, maxLength: length });
const share = fc.double({ min: 0, max: 1, noNaN: true });
/** On a coarse grid now and then, so that returns tie. */
const returns = fc.oneof(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.integer({ min: -20, max: 20 }).map((n) => n / 2000),
);

/** Curves as a V3 draws them: a hazard that never falls. */
export const hazardCurves: fc.Arbitrary<HazardCurve> = fc.record({
  kind: fc.constant('hazard' as const),
  reference: fc.double({ min: -9, max: -4, noNaN: true }),
  cumulativeHazard: column(CURVE_BINS, fc.double({ min: 0, max: 2, noNaN: true })).map((hazards) =>
    hazards.reduce((sums, h) => [...sums, sums.at(-1)! + h], [0]),
  ),
  meanReturn: column(CURVE_BINS + 1, returns),
});

/** Of either kind; that of the 30 sizes in a few accounts, its P rising with the size or not. */
export const riskCurves: fc.Arbitrary<RiskCurve> = fc.oneof(
  hazardCurves,
  fc.constantFrom([5, 40], [12], [5, 9, 20, 40]).chain((leverages) =>
    fc.record({
      kind: fc.constant('sizes' as const),
      leverages: fc.constant(leverages),
      p: column(
        leverages.length * SIZE_COUNT,
        share.map((one) => one ** 3),
      ),
      meanReturn: column(leverages.length * SIZE_COUNT, returns),
    }),
  ),
);

/** Positions in accounts of every size, under rules of every kind. */
export const positions: fc.Arbitrary<Position> = fc.record({
  direction: fc.constantFrom<Direction>('long', 'short'),
  equity: fc.integer({ min: 20, max: 100_000 }).map((one) => one as Money),
  price: fc.integer({ min: 30_000, max: 900_000 }).map((cents) => (cents / 100) as UsdPerOunce),
  rules: brokerRules,
});
