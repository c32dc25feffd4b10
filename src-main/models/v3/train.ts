import * as tf from '@tensorflow/tfjs-core';
import { LEVERAGE_AT_LARGEST } from '../../domain/account/broker.ts';
import { RISK_FEATURE_COUNT, RISK_FEATURE_NAMES } from '../../domain/features/features.ts';
import {
  CURVE_BINS,
  CURVE_END,
  CURVE_START,
  curvePlace,
  edgePosition,
  liquidationProbability,
} from '../../domain/risk/risk-curve.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
import { logLossOf } from '../../domain/stats/metrics.ts';
import { baselineRules, type RiskOfMove } from '../baselines.ts';
import { fitScaler, layersOf, layerSize, PlainNetwork, standardise } from '../network.ts';
import { denseNetwork } from '../train/tensors.ts';
import { cumulativeHazardOf, type StoredV3 } from './curve-model.ts';
import type { Fraction } from '../../domain/units.ts';
import type { Examples } from '../train/examples.ts';
import type { Learner, LearningData, Task } from '../train/loop.ts';

/*
 * V3 is trained here: its configuration, the leverages that it is asked about, its task, its loss.
 * The loop is that of every kind, in train/loop.ts.
 */

/** Hidden units: the study's net. */
const HIDDEN = [32, 32];
/** Leverages that each trade is judged at, one from each equal part of their distribution. */
const DRAWS = 8;
/**
 * Every second draw is placed as if the market were up to three times as wild as it was. The curve
 * itself knows no scale, so it then holds in wilder markets too, whose liquidations lie nearer.
 */
const WILDEST = Math.log(3);

/** Leverages at which the validation loss asks about each trade. */
const VALIDATION_DRAWS = 32;
/** Keeps -log(1 - exp(-H)) finite where the curve has not begun yet. */
const SMALLEST_HAZARD = 1e-6;

/** V3: the risk curve, to be better than the baselines on the same trades. */
export function riskLearner(data: LearningData): Learner<Pick<StoredV3, 'meanReturn'>> {
  const { examples, training, validation, baselines } = data;
  const features = examples.features.slice();
  const scaler = fitScaler(features, RISK_FEATURE_COUNT, training);
  standardise(features, scaler);
  const task = riskTask(data, features);
  return {
    task,
    baselineLosses: Object.fromEntries(
      baselineRules(baselines).map(({ name, riskOf }) => [
        name,
        validationLoss(examples, validation, (row) =>
          riskOf(examples.features, row * RISK_FEATURE_COUNT, examples.reference[row]!),
        ),
      ]),
    ),
    stored: {
      features: RISK_FEATURE_NAMES,
      scaler,
      layers: task.layers,
      meanReturn: meanReturnAtEdges(examples, training),
    },
  };
}

/**
 * V3 as a task for the training loop: the log loss of P(liquidation) at leverages drawn anew for each
 * trade and epoch. Validation is the log loss over (trade, feasible rung), as the evaluation has it.
 * `features` are standardised; `training` and `validation` are row numbers of `examples`.
 */
function riskTask({ examples, training, validation }: LearningData, features: Float32Array): Task {
  const layers = layersOf([RISK_FEATURE_COUNT, ...HIDDEN, CURVE_BINS]);
  const weight = meanOne(examples.weight, training);
  const reached = examples.mae.map((mae, row) => curvePlace(mae, examples.reference[row]!));
  const featuresOf = (row: number) =>
    features.subarray(row * RISK_FEATURE_COUNT, (row + 1) * RISK_FEATURE_COUNT);

  return {
    layers,
    rows: training.length,

    prepare(weights) {
      weights.fill(0, weights.length - layerSize(layers.at(-1)!));
      weights.set(marginalLogits(reached, weight, training), weights.length - CURVE_BINS);
    },

    loss(batch, random) {
      const rows = batch.length;
      const inputs = new Float32Array(rows * RISK_FEATURE_COUNT);
      const outcomes = {
        positions: new Float64Array(rows * DRAWS),
        liquidated: new Uint8Array(rows * DRAWS),
        weights: new Float64Array(rows),
      };
      batch.forEach((index, i) => {
        const row = training[index]!;
        inputs.set(featuresOf(row), i * RISK_FEATURE_COUNT);
        outcomes.weights[i] = weight[row]! / (rows * DRAWS);
        const shift = random.uniform();
        const wilder = WILDEST * random.uniform();
        for (let draw = 0; draw < DRAWS; draw++) {
          const move = moveAtShare((draw + shift) / DRAWS);
          const y = curvePlace(move, examples.reference[row]!) - (draw % 2 ? wilder : 0);
          outcomes.positions[i * DRAWS + draw] = edgePosition(y);
          outcomes.liquidated[i * DRAWS + draw] = reached[row]! >= y ? 1 : 0;
        }
      });
      const data = tf.tensor2d(inputs, [rows, RISK_FEATURE_COUNT]);
      return (weights) => riskLoss(denseNetwork(data, weights), outcomes);
    },

    validationLoss(weights) {
      const network = new PlainNetwork(layers, weights);
      return validationLoss(examples, validation, (row) => {
        const cumulativeHazard = cumulativeHazardOf(network.run(featuresOf(row)));
        const reference = examples.reference[row]!;
        return (move) => liquidationProbability({ reference, cumulativeHazard }, move);
      });
    },
  };
}

/** Weights scaled so that their mean over `rows` is 1. */
function meanOne(weight: Float64Array, rows: Int32Array): Float64Array {
  const mean = rows.reduce((sum, row) => sum + weight[row]!, 0) / rows.length;
  return weight.map((value) => value / mean);
}

/**
 * Logits of the curve that all trades share. Training starts there, the last layer's weights at 0,
 * so that the net only has to learn how candles differ.
 */
function marginalLogits(reached: Float64Array, weight: Float64Array, rows: Int32Array): number[] {
  const binWidth = (CURVE_END - CURVE_START) / CURVE_BINS;
  let hazardBelow = 0;
  return Array.from({ length: CURVE_BINS }, (_, bin) => {
    const edge = CURVE_START + (bin + 1) * binWidth;
    let share = 0;
    for (const row of rows) if (reached[row]! >= edge) share += weight[row]! / rows.length;
    const hazard = -Math.log(Math.max(share, 1 / rows.length));
    const inBin = Math.max(0.01, hazard - hazardBelow);
    hazardBelow = hazard;
    return Math.log(Math.expm1(inBin));
  });
}

/** What a batch of trades came to at some places of the curve. */
export interface RiskOutcomes {
  /** [rows × draws], between the curve's edges: 0 to 24. */
  readonly positions: Float64Array;
  /** [rows × draws], 1 where the trade reached the position. */
  readonly liquidated: Uint8Array;
  /** [rows]. */
  readonly weights: Float64Array;
}

/**
 * Weighted sum of the binary cross-entropy of P = exp(-H), where H is the cumulative hazard below a
 * position: the sum over bins of softplus(logit) times the share of the bin below it. The entropy is
 * H where liquidated and -log(1 - exp(-H)) where not; in these terms nothing cancels, however small
 * or large P is. `logits` are [rows, bins].
 */
export function riskLoss(logits: tf.Tensor2D, outcomes: RiskOutcomes): tf.Scalar {
  const loss = tf.customGrad((...inputs) => {
    const [logits, save] = inputs as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    const slopes = new Float32Array(logits.size);
    // On plain numbers: as kernels it takes twenty, each of which costs more than its arithmetic.
    const value = lossAndSlopes(logits.dataSync() as Float32Array, outcomes, slopes);
    save([tf.tensor2d(slopes, logits.shape)]);
    return {
      value: tf.scalar(value),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0]!),
    };
  });
  return loss(logits) as tf.Scalar;
}

/** The loss; its slopes by the logits are written to `slopes`, which holds 0. */
function lossAndSlopes(
  logits: Float32Array,
  { positions, liquidated, weights }: RiskOutcomes,
  slopes: Float32Array,
): number {
  const draws = positions.length / weights.length;
  const hazards = new Float64Array(CURVE_BINS);
  /** Of a bin's hazard by its logit. */
  const rises = new Float64Array(CURVE_BINS);
  /** Hazard below each bin. */
  const below = new Float64Array(CURVE_BINS);
  /** Slopes of the loss by the hazard of a bin itself, and by that of each bin below it. */
  const inBin = new Float64Array(CURVE_BINS);
  const underBin = new Float64Array(CURVE_BINS);
  let loss = 0;
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row]!;
    let sum = 0;
    for (let bin = 0; bin < CURVE_BINS; bin++) {
      const z = logits[row * CURVE_BINS + bin]!;
      below[bin] = sum;
      const power = Math.exp(-Math.abs(z));
      sum += hazards[bin] = Math.max(0, z) + Math.log1p(power);
      rises[bin] = (z < 0 ? power : 1) / (1 + power);
    }
    inBin.fill(0);
    underBin.fill(0);
    for (let i = row * draws; i < (row + 1) * draws; i++) {
      const position = positions[i]!;
      const bin = Math.min(CURVE_BINS - 1, Math.floor(position));
      const share = position - bin;
      const hazard = Math.max(SMALLEST_HAZARD, below[bin]! + share * hazards[bin]!);
      const survival = -Math.expm1(-hazard);
      loss += weight * (liquidated[i] ? hazard : -Math.log(survival));
      const slope = weight * (liquidated[i] ? 1 : 1 - 1 / survival);
      inBin[bin]! += slope * share;
      underBin[bin]! += slope;
    }
    let above = 0;
    for (let bin = CURVE_BINS - 1; bin >= 0; bin--) {
      slopes[row * CURVE_BINS + bin] = (inBin[bin]! + above) * rises[bin]!;
      above += underBin[bin]!;
    }
  }
  return loss;
}

/** No rung above this is feasible. */
const LARGEST_FEASIBLE = 20;
/** Share of the entry price that liquidates at L = 1 under the study's rule, 30% of equity. */
const MOVE_AT_ONE = 0.7;

/** Weight of effective leverages up to L over all (account, feasible rung), unnormalised. */
function weightUpTo(logLeverage: number): number {
  const { from, to } = LEVERAGE_AT_LARGEST;
  let weight = 0;
  for (let rung = 1; rung <= SIZE_COUNT; rung++) {
    const atLargest = logLeverage + Math.log(SIZE_COUNT / rung);
    weight += Math.min(Math.log(to), Math.max(Math.log(from), atLargest)) - Math.log(from);
  }
  return weight;
}

const PLACES = 512;
const LOWEST = Math.log(LEVERAGE_AT_LARGEST.from / SIZE_COUNT);
const STEP = (Math.log(LARGEST_FEASIBLE) - LOWEST) / PLACES;
const WEIGHTS = Float64Array.from({ length: PLACES + 1 }, (_, i) => weightUpTo(LOWEST + i * STEP));

/**
 * Adverse move 0.7 / L that liquidates at the effective leverage L found at a share in [0, 1) of its
 * distribution, where every feasible rung of every account counts once: the draws that make a mean
 * over them the mean of the evaluation.
 */
export function moveAtShare(share: number): Fraction {
  const weight = share * WEIGHTS[PLACES]!;
  let low = 0;
  let high = PLACES;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (WEIGHTS[middle]! <= weight) low = middle;
    else high = middle;
  }
  const between = (weight - WEIGHTS[low]!) / (WEIGHTS[high]! - WEIGHTS[low]!);
  return (MOVE_AT_ONE / Math.exp(LOWEST + (low + between) * STEP)) as Fraction;
}

/** Moves that liquidate at the middle of each equal part of the leverages. */
const MOVES = Array.from({ length: VALIDATION_DRAWS }, (_, i) =>
  moveAtShare((i + 0.5) / VALIDATION_DRAWS),
);

/** Weighted mean log loss over (trade, feasible rung) of the given rows; the same on every call. */
export function validationLoss(
  examples: Examples,
  rows: Int32Array,
  riskOfRow: (row: number) => RiskOfMove,
): number {
  let loss = 0;
  let total = 0;
  for (const row of rows) {
    const riskOf = riskOfRow(row);
    const mae = examples.mae[row]!;
    const weight = examples.weight[row]!;
    for (const move of MOVES) loss += weight * logLossOf(riskOf(move), mae >= move);
    total += weight * VALIDATION_DRAWS;
  }
  return loss / total;
}

/**
 * At each of the curve's 25 edges: the weighted mean, over the given rows, of the return of a size
 * whose liquidation stands there, as a share of the money that liquidation would cost. History.
 */
export function meanReturnAtEdges(examples: Examples, rows: Int32Array): number[] {
  const { mae, final, reference, weight } = examples;
  return Array.from({ length: CURVE_BINS + 1 }, (_, edge) => {
    const y = CURVE_START + (edge * (CURVE_END - CURVE_START)) / CURVE_BINS;
    let sum = 0;
    let total = 0;
    for (const row of rows) {
      const move = Math.exp(y + reference[row]!);
      sum += weight[row]! * (mae[row]! >= move ? -1 : final[row]! / move);
      total += weight[row]!;
    }
    return sum / total;
  });
}
