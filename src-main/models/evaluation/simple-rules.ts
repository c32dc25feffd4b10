import { effectiveLeverage, feasibleCount, STUDY_RULES } from '../../domain/account/broker.ts';
import { SIZE_COUNT, SIZES } from '../../domain/size.ts';
import { STUDY_MOVE } from '../../domain/risk/size-curve.ts';
import { baselineModels } from '../baselines.ts';
import { EQUAL_SHARE } from './equal-size.ts';
import type { Fraction, SizeIndex } from '../../domain/units.ts';
import type { LadderModel } from '../ladder-model.ts';
import type { StoredModel } from '../model-file.ts';
import type { RiskModel } from '../risk-model.ts';

/** The rules that every model is judged beside: those fitted to the model's own training trades. */
export const simpleRules = ({
  baselines,
  exitRule,
}: Pick<StoredModel, 'baselines' | 'exitRule'>): LadderModel[] => [
  ...baselineModels(baselines, exitRule).map(asLadderModel),
  FIXED_SIZE,
];

/** The same share of margin in every trade, whatever the market does. */
const FIXED_SIZE: LadderModel = {
  name: 'fixed size',
  kind: 'baseline',
  opinionAt: (_bars, _at, _direction, { price, equity }) => ({
    p: null,
    meanReturn: null,
    pick: Math.round(feasibleCount(equity, price, STUDY_RULES) * EQUAL_SHARE) as SizeIndex,
  }),
};

function asLadderModel({ name, curveAt }: RiskModel): LadderModel {
  const p = new Float64Array(SIZE_COUNT);
  return {
    name,
    kind: 'baseline',
    opinionAt(bars, at, direction, { price, equity }) {
      const riskOf = curveAt(bars, at, direction);
      for (const size of SIZES) {
        p[size - 1] = riskOf((STUDY_MOVE / effectiveLeverage(size, equity, price)) as Fraction);
      }
      return { p, meanReturn: null, pick: null };
    },
  };
}
