import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startBackend } from '../../src-main/models/train/backend.ts';
import { denseNetwork, tensorsOf } from '../../src-main/models/train/tensors.ts';
import { AdamW, clipToNorm, oneCycle } from '../../src-main/models/train/optimiser.ts';
import type { Flat } from '../../src-main/models/network.ts';
import { describeShared, sharedFile } from '../support/shared.ts';

/** Weights of a layer as [outputs][inputs], then its biases. */
type Network = [number[][], number[], number[][], number[]];

interface Reference {
  x: number[][];
  y: number[][];
  start: Network;
  steps: { loss: number; grad_norm: number; lr: number }[];
  end: Network;
}

const LAYERS = [
  { inputs: 3, outputs: 4 },
  { inputs: 4, outputs: 2 },
];

/** In the project's layout: [inputs][outputs], then biases, layer by layer. */
const flatOf = ([w1, b1, w2, b2]: Network) => [
  ...w1[0]!.flatMap((_, i) => w1.map((row) => row[i]!)),
  ...b1,
  ...w2[0]!.flatMap((_, i) => w2.map((row) => row[i]!)),
  ...b2,
];

/** Loss and gradient of the reference's net, written out in double precision. */
function plainGradient(flat: Flat, { x, y }: Reference, gradient: Flat): number {
  gradient.fill(0);
  const elements = x.length * 2;
  let loss = 0;
  x.forEach((row, n) => {
    const hidden = [0, 1, 2, 3].map((o) =>
      row.reduce((sum, value, i) => sum + value * flat[i * 4 + o]!, flat[12 + o]!),
    );
    const slopes = [0, 0, 0, 0];
    for (const o of [0, 1]) {
      const output = hidden.reduce(
        (sum, value, h) => sum + Math.max(0, value) * flat[16 + h * 2 + o]!,
        flat[24 + o]!,
      );
      const miss = output - y[n]![o]!;
      loss += miss ** 2 / elements;
      const slope = (2 * miss) / elements;
      gradient[24 + o]! += slope;
      hidden.forEach((value, h) => {
        gradient[16 + h * 2 + o]! += slope * Math.max(0, value);
        if (value > 0) slopes[h]! += slope * flat[16 + h * 2 + o]!;
      });
    }
    slopes.forEach((slope, h) => {
      gradient[12 + h]! += slope;
      row.forEach((value, i) => (gradient[i * 4 + h]! += slope * value));
    });
  });
  return loss;
}

/** The same through the project's layers on the training backend, in single precision. */
function backendGradient(flat: Flat, { x, y }: Reference, gradient: Flat): number {
  return tf.tidy(() => {
    const data = tf.tensor2d(x);
    const goal = tf.tensor2d(y);
    const loss = tf.valueAndGrads((...weights) => meanSquare(denseNetwork(data, weights), goal));
    const { value, grads } = loss(tensorsOf(flat, LAYERS));
    gradient.set(grads.flatMap((grad) => [...grad.dataSync()]));
    return value.dataSync()[0]!;
  });
}

const meanSquare = (output: tf.Tensor2D, goal: tf.Tensor2D) =>
  tf.customGrad((...inputs) => {
    const [output, save] = inputs as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    save([output]);
    return {
      value: tf.mean(tf.square(tf.sub(output, goal))),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(dy, tf.mul(tf.sub(saved[0]!, goal), 2 / goal.size)),
    };
  })(output) as tf.Scalar;

describeShared('the optimiser and schedule, held to an independent program', () => {
  const reference = JSON.parse(
    readFileSync(sharedFile('reference/adamw_onecycle_clip.json'), 'utf8'),
  ) as Reference;
  const steps = reference.steps.length;

  function follow(weights: Flat, gradientOf: typeof plainGradient, tolerance: number): void {
    const optimiser = new AdamW(weights.length, 0.01);
    const gradient = weights.slice();
    reference.steps.forEach(({ loss, grad_norm, lr }, step) => {
      const near = (value: number, expected: number, what: string) =>
        expect(Math.abs(value - expected), `${what} at step ${step}`).toBeLessThan(tolerance);
      near(gradientOf(weights, reference, gradient), loss, 'loss');
      near(clipToNorm(gradient, 1), grad_norm, 'gradient norm');
      const rate = oneCycle(step, steps, 0.03);
      near(rate, lr, 'learning rate');
      optimiser.step(weights, gradient, rate);
    });
    flatOf(reference.end).forEach((expected, i) => {
      expect(Math.abs(weights[i]! - expected), `weight ${i}`).toBeLessThan(tolerance);
    });
  }

  it('60 steps in double precision agree to 1e-9', () => {
    follow(Float64Array.from(flatOf(reference.start)), plainGradient, 1e-9);
  });

  it('60 steps on the training backend, in single precision, agree to 1e-4', async () => {
    await startBackend();
    follow(Float32Array.from(flatOf(reference.start)), backendGradient, 1e-4);
  });
});
