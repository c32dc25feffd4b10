import * as tf from '@tensorflow/tfjs-core';
import { PENALTY } from '../../domain/risk/risk-curve.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
import { windowLearner, type WindowTarget } from '../train/window-learner.ts';
import type { Examples } from '../train/examples.ts';
import type { Learner, LearningData } from '../train/loop.ts';

/** Where the Huber loss of a return, a share of equity, turns from square to straight. */
const HUBER = 0.1;

/** V2 learns what every size came to. */
export const sizeLearner = (data: LearningData): Learner =>
  windowLearner(data, sizeTarget(data.examples, data.training));

/** V2: of each of the 30 sizes the logit of the penalised P(liquidation), then the mean return. */
export function sizeTarget(
  { weight, feasible, survivors, returns }: Examples,
  training: Int32Array,
): WindowTarget {
  // Of (trade, feasible size), so that the loss is a mean over them.
  const total = training.reduce((sum, row) => sum + weight[row]! * feasible[row]!, 0);
  const scale = training.length / total;
  return {
    outputs: 2 * SIZE_COUNT,
    marginal: marginalOutputs(),
    lossOn(rows) {
      const cells = rows.length * SIZE_COUNT;
      const weights = new Float32Array(cells);
      const liquidated = new Float32Array(cells);
      const realised = new Float32Array(cells);
      rows.forEach((row, i) => {
        const at = i * SIZE_COUNT;
        const each = (weight[row]! * scale) / rows.length;
        weights.fill(each, at, at + feasible[row]!);
        liquidated.fill(each, at + survivors[row]!, at + feasible[row]!);
        realised.set(returns.subarray(row * SIZE_COUNT, (row + 1) * SIZE_COUNT), at);
      });
      const shape: [number, number] = [rows.length, SIZE_COUNT];
      const outcomes = {
        weights: tf.tensor2d(weights, shape),
        liquidated: tf.tensor2d(liquidated, shape),
        returns: tf.tensor2d(realised, shape),
      };
      return (outputs) => sizeLoss(outputs, outcomes);
    },
  };

  function marginalOutputs(): Float64Array {
    const outputs = new Float64Array(2 * SIZE_COUNT);
    for (let rung = 0; rung < SIZE_COUNT; rung++) {
      let trades = 0;
      let hits = 0;
      let sum = 0;
      for (const row of training) {
        if (rung >= feasible[row]!) continue;
        trades += weight[row]!;
        hits += rung >= survivors[row]! ? weight[row]! : 0;
        sum += weight[row]! * returns[row * SIZE_COUNT + rung]!;
      }
      if (trades === 0) continue;
      outputs[rung] = Math.log((PENALTY * (hits + 1)) / (trades - hits + 1));
      outputs[SIZE_COUNT + rung] = sum / trades;
    }
    return outputs;
  }
}

/** What the sizes of a batch of trades came to, each [rows, 30]. */
export interface SizeOutcomes {
  /** Weight of each (trade, size); 0 where margin does not allow the size. */
  readonly weights: tf.Tensor2D;
  /** That weight where the size was liquidated, 0 where it was not. */
  readonly liquidated: tf.Tensor2D;
  /** Shares of equity. */
  readonly returns: tf.Tensor2D;
}

/**
 * Weighted sum of V2's loss over (trade, size): the binary cross-entropy of the first 30 outputs as
 * logits, five times where liquidated, plus the Huber loss of the other 30 as returns. With w for the
 * weight and h for the same where liquidated, the former is (w + 4h) · softplus(z) - 5h · z, which
 * never overflows.
 */
export function sizeLoss(outputs: tf.Tensor2D, outcomes: SizeOutcomes): tf.Scalar {
  const { weights, liquidated, returns } = outcomes;
  const rows = outputs.shape[0];
  const loss = tf.customGrad((...inputs) => {
    const [outputs, save] = inputs as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    const logits = tf.slice(outputs, [0, 0], [rows, SIZE_COUNT]);
    const misses = tf.sub(tf.slice(outputs, [0, SIZE_COUNT], [rows, SIZE_COUNT]), returns);
    const both = tf.add(weights, tf.mul(liquidated, PENALTY - 1));
    const hits = tf.mul(liquidated, PENALTY);
    const entropy = tf.sub(tf.mul(both, tf.softplus(logits)), tf.mul(hits, logits));
    const near = tf.clipByValue(misses, -HUBER, HUBER);
    const huber = tf.mul(weights, tf.mul(near, tf.sub(misses, tf.mul(near, 0.5))));
    save([logits, near, both, hits]);
    return {
      value: tf.sum(tf.add(entropy, huber)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [logits, near, both, hits] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        const ofLogits = tf.sub(tf.mul(both, tf.sigmoid(logits)), hits);
        const ofReturns = tf.mul(weights, near);
        return tf.mul(dy, tf.concat([ofLogits, ofReturns], 1));
      },
    };
  });
  return loss(outputs) as tf.Scalar;
}
