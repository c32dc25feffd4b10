import { initialWeights } from './weights.ts';
import { fitWindowScaler, WINDOW_FEATURE_NAMES } from '../window-inputs.ts';
import { windowTask, type WindowTarget } from './window-task.ts';
import type { Examples } from './examples.ts';
import type { Learner } from './learner.ts';

/** Name of what V1 and V2 must beat: the outputs that suit all trades alike. */
const SAME_FOR_ALL = 'the same for every trade';

/** V1 or V2, by its target. `examples` must have windows. */
export function windowLearner(
  examples: Examples,
  training: Int32Array,
  validation: Int32Array,
  target: WindowTarget,
): Learner {
  const scaler = fitWindowScaler(examples.windows!, training);
  const task = windowTask(examples, training, validation, scaler, target);
  const weights = initialWeights(task.layers, () => 0.5);
  task.prepare(weights);
  return {
    task,
    baselineLosses: { [SAME_FOR_ALL]: task.validationLoss(weights) },
    stored: { features: WINDOW_FEATURE_NAMES, scaler, layers: task.layers },
  };
}
