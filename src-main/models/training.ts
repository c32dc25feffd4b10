import * as tf from '@tensorflow/tfjs-core';
import { setImmediate } from 'node:timers/promises';
import { CodedError } from '../contract/errors.ts';
import { randomStream, type Random } from '../domain/random.ts';
import { startBackend } from './backend.ts';
import { AdamW, clipToNorm } from './optimiser.ts';
import { oneCycle } from './schedule.ts';
import { initialWeights, tensorsOf, type LayerShape } from './weights.ts';

export interface TrainingConfig {
  readonly epochs: number;
  readonly batch: number;
  /** The highest of the cycle. */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Epochs without a better validation loss after which the run ends early. */
  readonly patience: number;
}

/** What a model brings to the loop: its net, its data and its losses. */
export interface Task {
  readonly layers: readonly LayerShape[];
  /** Training rows are 0 to rows - 1. */
  readonly rows: number;
  /** Put a better start than chance into fresh weights. */
  prepare(weights: Float32Array): void;
  /**
   * Mean loss of a batch of training rows, as a differentiable function of the weights. The batch's
   * data become tensors before that function runs: what it makes itself is gone by its gradient.
   */
  loss(batch: Int32Array, random: Random): (weights: readonly tf.Tensor[]) => tf.Scalar;
  /** Loss on the validation rows, the same for the same weights. */
  validationLoss(weights: Float32Array): number;
}

export interface Epoch {
  /** From 1. */
  readonly epoch: number;
  /** Over the task's own draws; comparable from epoch to epoch, not with the validation loss. */
  readonly trainingLoss: number;
  readonly validationLoss: number;
  readonly learningRate: number;
  /** Whether this is the best so far. */
  readonly best: boolean;
}

export interface TrainingHooks {
  readonly onEpoch?: (epoch: Epoch) => void;
  /** Ends the run at the next step. */
  readonly signal?: AbortSignal;
}

export interface TrainingResult {
  /** Of the best epoch. */
  readonly weights: Float32Array;
  readonly epochs: readonly Epoch[];
}

const LARGEST_GRADIENT = 1;
/** A training loss this many times that of the first step, and this many at all, has exploded. */
const EXPLODED = 10;
/** Steps between two looks at what else the thread has to do, such as to hear of a cancel. */
const STEPS_A_TURN = 16;

/**
 * The one training loop. Everything random comes from `seed`, so the same data, seed and backend
 * give the same weights, bit for bit. Throws `training-diverged` and, once the signal is given,
 * `cancelled`.
 */
export async function train(
  task: Task,
  config: TrainingConfig,
  seed: number,
  { onEpoch, signal }: TrainingHooks,
): Promise<TrainingResult> {
  await startBackend();
  const random = randomStream(seed);
  const weights = initialWeights(task.layers, () => random.uniform());
  task.prepare(weights);
  const optimiser = new AdamW(weights.length, config.weightDecay);
  const gradient = new Float32Array(weights.length);
  const order = Int32Array.from({ length: task.rows }, (_, row) => row);
  const stepsAnEpoch = Math.ceil(task.rows / config.batch);
  const steps = config.epochs * stepsAnEpoch;

  const epochs: Epoch[] = [];
  let best = { weights: weights.slice(), loss: Infinity, epoch: 0 };
  let step = 0;
  let firstLoss = NaN;
  for (let epoch = 1; epoch <= config.epochs; epoch++) {
    shuffle(order, random);
    let learningRate = 0;
    let trainingLoss = 0;
    for (let at = 0; at < order.length; at += config.batch, step++) {
      const batch = order.subarray(at, at + config.batch);
      const loss = lossAndGradient(task, weights, batch, random, gradient);
      if (step === 0) firstLoss = loss;
      if (!(loss <= EXPLODED * Math.max(1, firstLoss))) throw diverged(epoch, loss);
      clipToNorm(gradient, LARGEST_GRADIENT);
      learningRate = oneCycle(step, steps, config.learningRate);
      optimiser.step(weights, gradient, learningRate);
      trainingLoss += (loss * batch.length) / order.length;
      if (step % STEPS_A_TURN === 0) await setImmediate();
      if (signal?.aborted) throw new CodedError('cancelled');
    }
    const validationLoss = task.validationLoss(weights);
    if (!Number.isFinite(validationLoss)) throw diverged(epoch, validationLoss);
    const isBest = validationLoss < best.loss;
    if (isBest) best = { weights: weights.slice(), loss: validationLoss, epoch };
    epochs.push({ epoch, trainingLoss, validationLoss, learningRate, best: isBest });
    onEpoch?.(epochs.at(-1)!);
    if (epoch - best.epoch >= config.patience) break;
  }
  return { weights: best.weights, epochs };
}

/** Loss of a batch; its gradient is written to `gradient`. */
function lossAndGradient(
  task: Task,
  weights: Float32Array,
  batch: Int32Array,
  random: Random,
  gradient: Float32Array,
): number {
  return tf.tidy(() => {
    const lossOf = task.loss(batch, random);
    const { value, grads } = tf.valueAndGrads((...tensors) => lossOf(tensors))(
      tensorsOf(weights, task.layers),
    );
    let at = 0;
    for (const grad of grads) {
      gradient.set(grad.dataSync(), at);
      at += grad.size;
    }
    return value.dataSync()[0]!;
  });
}

/** Fisher and Yates. */
function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integerBelow(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

const diverged = (epoch: number, loss: number) =>
  new CodedError('training-diverged', { epoch, loss: String(loss) });
