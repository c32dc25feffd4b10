import { effectiveLeverage } from '../domain/account/broker.ts';
import { riskOf, type RiskCurve } from '../domain/risk/risk-curve.ts';
import { SIZE_COUNT, SIZES } from '../domain/size.ts';
import { STUDY_MOVE } from '../domain/risk/size-curve.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { Direction, Fraction, SizeIndex } from '../domain/units.ts';
import type { LadderModel } from './ladder-model.ts';
import type { StoredV2, StoredV3 } from './model-file.ts';

/** Draws the curve of a trade; `leverageAtLargest` is that of 4.50 oz in the account judged. */
type DrawCurve = (
  bars: Bars,
  at: number,
  direction: Direction,
  leverageAtLargest: number,
) => RiskCurve;

/** A model that draws a curve as one that tells of the 30 sizes under the study's rule. */
export function ladderModelOf(
  { name, kind }: Pick<StoredV2 | StoredV3, 'name' | 'kind'>,
  draw: DrawCurve,
): LadderModel {
  const p = new Float64Array(SIZE_COUNT);
  const meanReturn = new Float64Array(SIZE_COUNT);
  return {
    name,
    kind,
    opinionAt(bars, at, direction, { price, equity }) {
      const leverageAtLargest = effectiveLeverage(SIZE_COUNT as SizeIndex, equity, price);
      const curve = draw(bars, at, direction, leverageAtLargest);
      for (const size of SIZES) {
        const leverage = effectiveLeverage(size, equity, price);
        const move = (STUDY_MOVE / leverage) as Fraction;
        const risk = riskOf(curve, { move, leverage, leverageAtLargest });
        p[size - 1] = risk.pLiquidation;
        meanReturn[size - 1] = risk.expectedReturn ?? NaN;
      }
      return { p, meanReturn, pick: null };
    },
  };
}
