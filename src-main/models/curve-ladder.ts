import { effectiveLeverage, STUDY_RULES } from '../domain/account/broker.ts';
import { emptyLadder, settle } from '../domain/risk/ladder.ts';
import { riskAt, type RiskCurve } from '../domain/risk/risk-curve.ts';
import { LARGEST_SIZE } from '../domain/size.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { Direction } from '../domain/units.ts';
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
  const settled = emptyLadder();
  return {
    name,
    kind,
    opinionAt(bars, at, direction, { price, equity }) {
      const curve = draw(bars, at, direction, effectiveLeverage(LARGEST_SIZE, equity, price));
      settle(riskAt(curve), { price, equity, direction, rules: STUDY_RULES }, settled);
      return { ...settled, pick: null };
    },
  };
}
