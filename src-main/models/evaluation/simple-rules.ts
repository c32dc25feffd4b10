import { feasibleCount, STUDY_RULES } from '../../domain/account/broker.ts';
import { emptyLadder, settle } from '../../domain/risk/ladder.ts';
import { baselineModels, type BaselineModel } from '../baselines.ts';
import { EQUAL_SHARE } from './equal-size.ts';
import { sizeAt } from '../../domain/size.ts';
import type { LadderModel } from '../ladder-model.ts';
import type { StoredFields } from '../stored-model.ts';

/** The rules that every model is judged beside: those fitted to the model's own training trades. */
export const simpleRules = ({
  baselines,
  exitRule,
}: Pick<StoredFields, 'baselines' | 'exitRule'>): LadderModel[] => [
  ...baselineModels(baselines, exitRule).map(asLadderModel),
  FIXED_SIZE,
];

/** The same share of margin in every trade, whatever the market does. */
const FIXED_SIZE: LadderModel = {
  name: 'fixed size',
  kind: 'baseline',
  predict: (_bars, _at, _direction, { price, equity }) => ({
    p: null,
    meanReturn: null,
    pick: sizeAt(Math.round(feasibleCount(equity, price, STUDY_RULES) * EQUAL_SHARE)),
  }),
};

function asLadderModel({ name, curveAt }: BaselineModel): LadderModel {
  const ladder = { p: emptyLadder().p, meanReturn: null };
  return {
    name,
    kind: 'baseline',
    predict(bars, at, direction, { price, equity }) {
      const riskOf = curveAt(bars, at, direction);
      settle(
        ({ move }) => ({ pLiquidation: riskOf(move), expectedReturn: null }),
        { price, equity, direction, rules: STUDY_RULES },
        ladder,
      );
      return { ...ladder, pick: null };
    },
  };
}
