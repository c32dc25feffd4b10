import * as tf from '@tensorflow/tfjs-core';
import { setImmediate } from 'node:timers/promises';
import { CodedError } from '../../contract/errors.ts';
import { randomStream, type Random } from '../../domain/stats/random.ts';
import { initialWeights, type LayerShape, type Scaler } from '../network.ts';
import { startBackend } from './backend.ts';
import { AdamW, clipToNorm, oneCycle, type Moments } from './optimiser.ts';
import { tensorsOf } from './tensors.ts';
import type { Baselines } from '../baselines.ts';
import type { Examples } from './examples.ts';
import type { TrainingConfig } from '../../domain/models/kind.ts';

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

/** What a model learns from: examples, the rows of them on either side, rules fitted to the same. */
export interface LearningData {
  readonly examples: Examples;
  readonly training: Int32Array;
  readonly validation: Int32Array;
  readonly baselines: Baselines;
}

/** A kind of model, ready to learn from examples. `Own`: what only this kind stores. */
export interface Learner<Own = object> {
  readonly task: Task;
  /** Validation losses of what must be beaten, by name. */
  readonly baselineLosses: Readonly<Record<string, number>>;
  /** What is stored of it beside the weights. */
  readonly stored: Own & {
    readonly features: readonly string[];
    readonly scaler: Scaler;
    readonly layers: readonly LayerShape[];
  };
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

/** Where the loop stands after a whole epoch: it goes on from there to the same bits. */
export interface Checkpoint {
  readonly epochs: readonly Epoch[];
  readonly firstLoss: number;
  readonly weights: Float32Array;
  readonly best: Float32Array;
  readonly moments: Moments;
}

/** Where the loop stands inside an epoch. */
export interface Position {
  /** Steps done, of all steps that the run could take. */
  readonly step: number;
  readonly steps: number;
  /** Mean of the epoch so far. */
  readonly trainingLoss: number;
  readonly learningRate: number;
}

export interface TrainingHooks {
  readonly onEpoch?: (epoch: Epoch, checkpoint: () => Checkpoint) => void;
  /** Every few steps. */
  readonly onMove?: (position: Position) => void;
  /** Ends the run at the next step; the best epoch so far is kept. */
  readonly signal?: AbortSignal;
}

export interface TrainingResult {
  /** Of the best epoch. */
  readonly weights: Float32Array;
  readonly epochs: readonly Epoch[];
  readonly cancelled: boolean;
}

const LARGEST_GRADIENT = 1;
/** A training loss this many times that of the first step, and this many at all, has exploded. */
const EXPLODED = 10;
/** Steps between two looks at what else the thread has to do, such as to hear of a cancel. */
const STEPS_A_TURN = 16;

/**
 * The one training loop. Everything random comes from `seed` and the epoch, so the same data, seed
 * and backend give the same weights, bit for bit, whether or not the run went on `from` a checkpoint.
 * Throws `training-diverged` and, once the signal is given before the first epoch ends, `cancelled`.
 */
export async function train(
  task: Task,
  config: TrainingConfig,
  seed: number,
  { onEpoch, onMove, signal }: TrainingHooks,
  from: Checkpoint | null = null,
): Promise<TrainingResult> {
  await startBackend();
  const weights = from?.weights.slice() ?? freshWeights(task, seed);
  const optimiser = new AdamW(weights.length, config.weightDecay, from?.moments);
  const gradient = new Float32Array(weights.length);
  const stepsAnEpoch = Math.ceil(task.rows / config.batch);
  const steps = config.epochs * stepsAnEpoch;

  const epochs = [...(from?.epochs ?? [])];
  let best = from?.best ?? weights.slice();
  let firstLoss = from?.firstLoss ?? NaN;
  const result = (cancelled: boolean) => ({ weights: best, epochs, cancelled });
  while (epochs.length < config.epochs && !isStalled(epochs, config.patience)) {
    const epoch = epochs.length + 1;
    const random = randomStream(seed, epoch);
    const order = shuffledRows(task.rows, random);
    let step = (epoch - 1) * stepsAnEpoch;
    let learningRate = 0;
    let lossSum = 0;
    for (let at = 0; at < order.length; at += config.batch, step++) {
      const batch = order.subarray(at, at + config.batch);
      const loss = lossAndGradient(task, weights, batch, random, gradient);
      if (step === 0) firstLoss = loss;
      if (!(loss <= EXPLODED * Math.max(1, firstLoss))) throw diverged(epoch, loss);
      clipToNorm(gradient, LARGEST_GRADIENT);
      learningRate = oneCycle(step, steps, config.learningRate);
      optimiser.step(weights, gradient, learningRate);
      lossSum += loss * batch.length;
      if (step % STEPS_A_TURN === 0) {
        const trainingLoss = lossSum / (at + batch.length);
        onMove?.({ step: step + 1, steps, trainingLoss, learningRate });
        await setImmediate();
      }
      if (!signal?.aborted) continue;
      if (epochs.length === 0) throw new CodedError('cancelled');
      return result(true);
    }
    const validationLoss = task.validationLoss(weights);
    if (!Number.isFinite(validationLoss)) throw diverged(epoch, validationLoss);
    const isBest = validationLoss < Math.min(...epochs.map((past) => past.validationLoss));
    if (isBest) best = weights.slice();
    const trainingLoss = lossSum / order.length;
    epochs.push({ epoch, trainingLoss, validationLoss, learningRate, best: isBest });
    onEpoch?.(epochs.at(-1)!, () => ({
      epochs: [...epochs],
      firstLoss,
      weights: weights.slice(),
      best,
      moments: optimiser.moments(),
    }));
  }
  return result(false);
}

function freshWeights(task: Task, seed: number): Float32Array {
  const random = randomStream(seed);
  const weights = initialWeights(task.layers, () => random.uniform());
  task.prepare(weights);
  return weights;
}

/** Whether the last `patience` epochs brought nothing better. */
function isStalled(epochs: readonly Epoch[], patience: number): boolean {
  return epochs.length - 1 - epochs.findLastIndex(({ best }) => best) >= patience;
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

/** Rows 0 to rows - 1 in random order (Fisher and Yates). */
function shuffledRows(rows: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  for (let i = rows - 1; i > 0; i--) {
    const j = random.integerBelow(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

const diverged = (epoch: number, loss: number) =>
  new CodedError('training-diverged', { epoch, loss: String(loss) });

interface Header {
  readonly epochs: readonly Epoch[];
  readonly firstLoss: number;
  readonly steps: number;
  readonly weights: number;
}

/** A checkpoint as bytes: a line of JSON, then weights, best weights and both moments. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { epochs, firstLoss, weights, best, moments } = checkpoint;
  const header: Header = { epochs, firstLoss, steps: moments.steps, weights: weights.length };
  const parts = [weights, best, moments.mean, moments.square];
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...parts.map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength),
    ),
  ]);
}

/** What `encodeCheckpoint` wrote, on the same machine. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const start = bytes.indexOf('\n'.charCodeAt(0)) + 1;
  const text = new TextDecoder().decode(bytes.subarray(0, start));
  const { epochs, firstLoss, steps, weights: count } = JSON.parse(text) as Header;
  const body = new Uint8Array(bytes.subarray(start)).buffer;
  const single = (part: number) => new Float32Array(body, part * count * 4, count);
  // Double columns need not begin at a multiple of eight bytes.
  const double = (part: number) => {
    const at = 2 * count * 4 + part * count * 8;
    return new Float64Array(body.slice(at, at + count * 8));
  };
  return {
    epochs,
    firstLoss,
    weights: single(0),
    best: single(1),
    moments: { mean: double(0), square: double(1), steps },
  };
}
