import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../../src-main/domain/stats/random.ts';
import { startBackend } from '../../../src-main/models/train/backend.ts';
import { denseNetwork, tensorsOf } from '../../../src-main/models/train/tensors.ts';
import { PlainNetwork, initialWeights, weightCount } from '../../../src-main/models/network.ts';

const LAYERS = [
  { inputs: 7, outputs: 6 },
  { inputs: 6, outputs: 5 },
  { inputs: 5, outputs: 3 },
];
const ROWS = 9;
const OUTPUTS = 3;

const random = randomStream(7);
const rows = Array.from({ length: ROWS }, () =>
  Float64Array.from({ length: 7 }, () => random.normal()),
);
/** Slope of the loss by each output: any other loss only changes these. */
const slopes = Float32Array.from({ length: ROWS * OUTPUTS }, () => random.normal());
const weights = initialWeights(LAYERS, () => random.uniform()).map(
  (weight) => weight + 0.1 * random.normal(),
);

/** The sum of slope · output over all rows, in double precision. */
function plainLoss(flat: Float64Array): number {
  const network = new PlainNetwork(LAYERS, flat);
  return rows
    .flatMap((row) => [...network.run(row)])
    .reduce((sum, output, i) => sum + slopes[i]! * output, 0);
}

/** The same on the training backend, with its gradient. */
function backendLoss(): { outputs: Float32Array; gradient: number[] } {
  const data = tf.tensor2d(
    rows.flatMap((row) => [...row]),
    [ROWS, 7],
  );
  const { value, grads } = tf.valueAndGrads(
    (...tensors) => denseNetwork(data, tensors) as tf.Tensor,
  )(tensorsOf(weights, LAYERS), tf.tensor2d(slopes, [ROWS, OUTPUTS]));
  return {
    outputs: value.dataSync() as Float32Array,
    gradient: grads.flatMap((grad) => [...grad.dataSync()]),
  };
}

describe('a network of dense layers', () => {
  beforeAll(async () => void (await startBackend()));

  it('gives what plain arithmetic gives', () => {
    const network = new PlainNetwork(LAYERS, weights);
    const expected = rows.flatMap((row) => [...network.run(row)]);
    const { outputs } = backendLoss();
    expected.forEach((value, i) => expect(outputs[i]).toBeCloseTo(value, 5));
  });

  it('has the gradient that finite differences of plain arithmetic have, weight by weight', () => {
    const { gradient } = backendLoss();
    expect(gradient).toHaveLength(weightCount(LAYERS));
    const step = 1e-6;
    gradient.forEach((slope, i) => {
      const moved = (by: number) => {
        const flat = Float64Array.from(weights);
        flat[i]! += by;
        return plainLoss(flat);
      };
      expect(slope, `weight ${i}`).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 4);
    });
    // A gradient that is 0 almost everywhere would agree with a dead net.
    expect(gradient.filter((slope) => slope !== 0).length).toBeGreaterThan(weights.length / 2);
  });

  it('keeps no tensor beyond the step that made it', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => void backendLoss());
    expect(tf.memory().numTensors).toBe(before);
  });
});
