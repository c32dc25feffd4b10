import * as tf from '@tensorflow/tfjs-core';
import { denseNetwork } from './layers.ts';
import { layerSize, tensorsOf, type LayerShape } from './weights.ts';
import { windowStandardiser, WINDOW_INPUTS } from '../window-inputs.ts';
import type { Examples } from './examples.ts';
import type { Scaler } from './scaler.ts';
import type { Task } from './training.ts';

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
  const widths = [WINDOW_INPUTS, ...HIDDEN, target.outputs];
  const layers: LayerShape[] = widths
    .slice(1)
    .map((outputs, i) => ({ inputs: widths[i]!, outputs }));
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
