import * as tf from '@tensorflow/tfjs-core';
import { initialWeights, layersOf, layerSize, type Scaler } from '../network.ts';
import {
  fitWindowScaler,
  WINDOW_FEATURE_NAMES,
  WINDOW_INPUTS,
  windowStandardiser,
} from '../window.ts';
import { denseNetwork, tensorsOf } from './tensors.ts';
import type { Examples } from './examples.ts';
import type { Learner, LearningData, Task } from './loop.ts';

/** Hidden units of V1 and V2. */
const HIDDEN = [128, 64];
/** Rows that the validation loss is measured on at a time. */
const CHUNK = 2_048;

/** Mean loss of the net's outputs [rows, outputs] on the rows that it was made for. */
export type LossOfOutputs = (outputs: tf.Tensor2D) => tf.Scalar;

/** What V1 and V2 differ in. */
export interface WindowTarget {
  readonly outputs: number;
  /** Outputs that suit all trades alike: training starts there, and must beat them. */
  readonly marginal: ArrayLike<number>;
  /** The loss on the given rows of the examples. */
  lossOn(rows: Int32Array): LossOfOutputs;
}

/**
 * A net on the candles of the window and the account as a task for the training loop. `training` and
 * `validation` are row numbers of `examples`, which must have windows; they are standardised by
 * `scaler` as they are read.
 */
export function windowTask(
  { windows }: Examples,
  training: Int32Array,
  validation: Int32Array,
  scaler: Scaler,
  target: WindowTarget,
): Task {
  const standardise = windowStandardiser(scaler);
  const layers = layersOf([WINDOW_INPUTS, ...HIDDEN, target.outputs]);
  const lossOn = (rows: Int32Array) => {
    const inputs = new Float32Array(rows.length * WINDOW_INPUTS);
    rows.forEach((row, i) => standardise(windows!, row, inputs, i));
    const data = tf.tensor2d(inputs, [rows.length, WINDOW_INPUTS]);
    const lossOf = target.lossOn(rows);
    return (weights: readonly tf.Tensor[]) => lossOf(denseNetwork(data, weights));
  };
  return {
    layers,
    rows: training.length,
    prepare(weights) {
      weights.fill(0, weights.length - layerSize(layers.at(-1)!));
      weights.set(target.marginal, weights.length - target.outputs);
    },
    loss: (batch) => lossOn(batch.map((index) => training[index]!)),
    validationLoss(weights) {
      let sum = 0;
      for (let at = 0; at < validation.length; at += CHUNK) {
        const rows = validation.subarray(at, at + CHUNK);
        const loss = tf.tidy(() => lossOn(rows)(tensorsOf(weights, layers)).dataSync()[0]!);
        sum += loss * rows.length;
      }
      return sum / validation.length;
    },
  };
}

/** Name of what V1 and V2 must beat: the outputs that suit all trades alike. */
const SAME_FOR_ALL = 'the same for every trade';

/** V1 or V2, by its target. The examples must have windows. */
export function windowLearner(
  { examples, training, validation }: LearningData,
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
