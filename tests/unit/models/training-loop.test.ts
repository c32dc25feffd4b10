import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  train,
  type Checkpoint,
  type Task,
} from '../../../src-main/models/train/loop.ts';
import { denseNetwork } from '../../../src-main/models/train/tensors.ts';

/** A straight line through the origin, whose validation losses are written down beforehand. */
function scripted(losses: readonly number[]) {
  const seen: Float32Array[] = [];
  const task: Task = {
    layers: [{ inputs: 1, outputs: 1 }],
    rows: 8,
    prepare: (weights) => weights.fill(0),
    loss: (batch) => {
      const data = tf.tensor2d(Float32Array.from(batch), [batch.length, 1]);
      return (weights) => {
        const line = denseNetwork(data, weights);
        return tf.customGrad((...inputs) => ({
          value: tf.sum(inputs[0] as tf.Tensor),
          gradFunc: (dy: tf.Tensor) => tf.mul(dy, tf.ones(line.shape)),
        }))(line) as tf.Scalar;
      };
    },
    validationLoss: (weights) => losses[seen.push(weights.slice()) - 1]!,
  };
  return { task, seen };
}
const config = { epochs: 6, batch: 4, learningRate: 0.1, weightDecay: 0, patience: 2 };

describe('the training loop', () => {
  it('keeps the weights of the epoch that was best on validation', async () => {
    const { task, seen } = scripted([0.5, 0.3, 0.4, 0.2, 0.25, 0.21]);
    const { weights, epochs } = await train(task, config, 1, {});
    expect(seen).toHaveLength(6);
    expect(weights).toEqual(seen[3]);
    expect(seen[5]).not.toEqual(seen[3]);
    expect(epochs.map(({ best }) => best)).toEqual([true, true, false, true, false, false]);
  });

  it('ends early after as many epochs without a better one as patience allows', async () => {
    const { task } = scripted([0.5, 0.3, 0.4, 0.35, 0.1, 0.1]);
    const heard: number[] = [];
    await train(task, config, 1, { onEpoch: ({ epoch }) => heard.push(epoch) });
    expect(heard).toEqual([1, 2, 3, 4]);
  });

  it('breaks off where the validation loss is no number', async () => {
    const { task } = scripted([0.5, NaN]);
    await expect(train(task, config, 1, {})).rejects.toMatchObject({ code: 'training-diverged' });
  });

  it('goes on from any epoch to the same bits as a run that was never broken off', async () => {
    const losses = [0.6, 0.5, 0.55, 0.4, 0.45, 0.3];
    const checkpoints: Checkpoint[] = [];
    const whole = await train(scripted(losses).task, config, 1, {
      onEpoch: (_, checkpoint) => checkpoints.push(checkpoint()),
    });
    for (const checkpoint of checkpoints) {
      const from = decodeCheckpoint(encodeCheckpoint(checkpoint));
      expect(from).toEqual(checkpoint);
      const { task } = scripted(losses.slice(from.epochs.length));
      expect(await train(task, config, 1, {}, from)).toEqual(whole);
    }
    expect(checkpoints).toHaveLength(6);
  });

  it('keeps the best epoch so far where it is told to stop', async () => {
    const { task, seen } = scripted([0.5, 0.3, 0.4, 0.2]);
    const stop = new AbortController();
    const onEpoch = ({ epoch }: { epoch: number }) => epoch === 3 && stop.abort();
    const result = await train(task, config, 1, { onEpoch, signal: stop.signal });
    expect(result).toMatchObject({ cancelled: true, epochs: [{ epoch: 1 }, {}, { epoch: 3 }] });
    expect(result.weights).toEqual(seen[1]);
  });

  it('is cancelled, with nothing to keep, where it is told to stop before an epoch has ended', async () => {
    const run = train(scripted([0.5]).task, config, 1, { signal: AbortSignal.abort() });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('tells where it stands between the epochs, by the one cycle of the learning rate', async () => {
    const heard: number[] = [];
    const { task } = scripted([0.5, 0.4, 0.3, 0.2, 0.1, 0.05]);
    await train(task, config, 1, { onMove: ({ step, steps }) => heard.push(step / steps) });
    expect(heard).toEqual([1 / 12]);
  });
});
