import * as tf from '@tensorflow/tfjs-core';
import { PENALTY } from '../../domain/risk/risk-curve.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
import type { Examples } from '../train/examples.ts';
import type { WindowTarget } from '../train/window-task.ts';
import { sizeLoss } from './loss.ts';

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
      const came = new Float32Array(cells);
      rows.forEach((row, i) => {
        const at = i * SIZE_COUNT;
        const each = (weight[row]! * scale) / rows.length;
        weights.fill(each, at, at + feasible[row]!);
        liquidated.fill(each, at + survivors[row]!, at + feasible[row]!);
        came.set(returns.subarray(row * SIZE_COUNT, (row + 1) * SIZE_COUNT), at);
      });
      const shape: [number, number] = [rows.length, SIZE_COUNT];
      const outcomes = {
        weights: tf.tensor2d(weights, shape),
        liquidated: tf.tensor2d(liquidated, shape),
        returns: tf.tensor2d(came, shape),
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
