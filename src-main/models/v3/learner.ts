import { RISK_FEATURE_COUNT, RISK_FEATURE_NAMES } from '../../domain/features/features.ts';
import { baselineRules, type Baselines } from '../baselines.ts';
import { fitScaler, standardise } from '../train/scaler.ts';
import { riskTask } from './task.ts';
import { validationLoss } from './validation-loss.ts';
import type { Examples } from '../train/examples.ts';
import type { Learner } from '../train/learner.ts';

/** The study's net. */
const HIDDEN = [32, 32];

/** V3: the risk curve, to be better than the baselines on the same trades. */
export function riskLearner(
  examples: Examples,
  training: Int32Array,
  validation: Int32Array,
  baselines: Baselines,
): Learner {
  const features = examples.features.slice();
  const scaler = fitScaler(features, RISK_FEATURE_COUNT, training);
  standardise(features, scaler);
  const task = riskTask(examples, features, training, validation, HIDDEN);
  return {
    task,
    baselineLosses: Object.fromEntries(
      baselineRules(baselines).map(({ name, riskOf }) => [
        name,
        validationLoss(examples, validation, (row) =>
          riskOf(examples.features, row * RISK_FEATURE_COUNT, examples.reference[row]!),
        ),
      ]),
    ),
    stored: { features: RISK_FEATURE_NAMES, scaler, layers: task.layers },
  };
}
