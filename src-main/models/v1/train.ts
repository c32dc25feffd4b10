import * as tf from '@tensorflow/tfjs-core';
import { SIZE_COUNT } from '../../domain/size.ts';
import { windowLearner, type WindowTarget } from '../train/window-learner.ts';
import type { Examples } from '../train/examples.ts';
import type { Learner, LearningData } from '../train/loop.ts';

/** V1 learns which size was best in hindsight. */
export const pickLearner = (data: LearningData): Learner =>
  windowLearner(data, pickTarget(data.examples, data.training));

/** V1: logits of the best size in hindsight, one class for each of the 30. */
function pickTarget({ weight, best }: Examples, training: Int32Array): WindowTarget {
  const total = training.reduce((sum, row) => sum + weight[row]!, 0);
  const scale = training.length / total;
  const frequency = new Float64Array(SIZE_COUNT).fill(1);
  for (const row of training) frequency[best[row]! - 1]! += weight[row]!;
  return {
    outputs: SIZE_COUNT,
    marginal: frequency.map((count) => Math.log(count / (total + SIZE_COUNT))),
    lossOn(rows) {
      const weights = Float32Array.from(rows, (row) => (weight[row]! * scale) / rows.length);
      const classes = new Float32Array(rows.length * SIZE_COUNT);
      rows.forEach((row, i) => (classes[i * SIZE_COUNT + best[row]! - 1] = 1));
      const ofRows = tf.tensor2d(weights, [rows.length, 1]);
      const right = tf.tensor2d(classes, [rows.length, SIZE_COUNT]);
      return (outputs) => crossEntropy(outputs, right, ofRows);
    },
  };
}

/** Weighted sum of -log softmax(logits) at the right class; all [rows, 30] but `weights`, [rows, 1]. */
function crossEntropy(logits: tf.Tensor2D, right: tf.Tensor2D, weights: tf.Tensor2D): tf.Scalar {
  const loss = tf.customGrad((...inputs) => {
    const [logits, save] = inputs as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    const shifted = tf.sub(logits, tf.max(logits, 1, true));
    const powers = tf.exp(shifted);
    const sums = tf.sum(powers, 1, true);
    save([tf.div(powers, sums)]);
    const ofRows = tf.sub(tf.log(sums), tf.sum(tf.mul(shifted, right), 1, true));
    return {
      value: tf.sum(tf.mul(weights, ofRows)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(dy, tf.mul(weights, tf.sub(saved[0]!, right))),
    };
  });
  return loss(logits) as tf.Scalar;
}
