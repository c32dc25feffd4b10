import * as tf from '@tensorflow/tfjs-core';
import { RISK_FEATURE_COUNT } from '../../domain/features/features.ts';
import {
  CURVE_BINS,
  CURVE_END,
  CURVE_START,
  curvePlace,
  edgePosition,
  liquidationProbability,
} from '../../domain/risk/risk-curve.ts';
import { denseNetwork } from '../train/layers.ts';
import { PlainNetwork } from '../plain-network.ts';
import { layerSize } from '../train/weights.ts';
import { cumulativeHazardOf } from './curve.ts';
import { moveAtShare } from './leverages.ts';
import { riskLoss } from './loss.ts';
import { riskLayers } from './network.ts';
import { validationLoss } from './validation-loss.ts';
import type { Task } from '../train/training.ts';
import type { Examples } from '../train/examples.ts';

/** Leverages that each trade is judged at, one from each equal part of their distribution. */
const DRAWS = 8;
/**
 * Every second draw is placed as if the market were up to three times as wild as it was. The curve
 * itself knows no scale, so it then holds in wilder markets too, whose liquidations lie nearer.
 */
const WILDEST = Math.log(3);

/**
 * V3 as a task for the training loop: the log loss of P(liquidation) at leverages drawn anew for each
 * trade and epoch. Validation is the log loss over (trade, feasible rung), as the evaluation has it.
 * `features` are standardised; `training` and `validation` are row numbers of `examples`.
 */
export function riskTask(
  examples: Examples,
  features: Float32Array,
  training: Int32Array,
  validation: Int32Array,
  hidden: readonly number[],
): Task {
  const layers = riskLayers(RISK_FEATURE_COUNT, hidden);
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
