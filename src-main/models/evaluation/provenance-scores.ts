import { isoTime } from '../../domain/time/time.ts';
import { VOLATILITY_RULE } from '../../contract/evaluation-words.ts';
import type { Evaluation, JudgedModel } from '../../contract/evaluation.ts';
import type { Provenance } from '../stored-model.ts';

type Scores = Provenance['scores'][number];

/** What a model's provenance keeps of an evaluation: every model that states P, the first first. */
export function provenanceScores(evaluation: Evaluation): Scores {
  const { plan, from, to, groups, differences } = evaluation;
  const [all] = groups;
  return {
    series: plan.series,
    from: isoTime(from),
    to: isoTime(to),
    models: all!.models.flatMap((model) => {
      if (!model.scores) return [];
      const { logLoss, brier, auc, ece } = model.scores;
      const against = differences.find(
        (one) =>
          one.model === model.name && one.against === VOLATILITY_RULE && one.measure === 'logLoss',
      );
      return {
        model: model.name,
        logLoss,
        brier,
        auc,
        ece,
        realised: realisedOf(model),
        ...(against && {
          versusVolatilityRule: {
            difference: against.difference,
            low: against.interval?.low ?? null,
            high: against.interval?.high ?? null,
          },
        }),
      };
    }),
  };
}

/** Of the largest safe size with the model's own margin of safety, at each threshold. */
function realisedOf({ policies }: JudgedModel) {
  const plain = policies.filter((one) => one.policy === 'largest-safe' && !one.corrected);
  const thresholds = [...new Set(plain.flatMap(({ threshold }) => threshold ?? []))];
  return thresholds.map((threshold) => {
    const row = plain.findLast((one) => one.threshold === threshold)!;
    return {
      threshold,
      rate: row.realised,
      low: row.realisedInterval?.low ?? null,
      high: row.realisedInterval?.high ?? null,
    };
  });
}
