import * as tf from '@tensorflow/tfjs-core';
import { CURVE_BINS } from '../../domain/risk/risk-curve.ts';

/** What a batch of trades came to at some places of the curve. */
export interface RiskOutcomes {
  /** [rows × draws], between the curve's edges: 0 to 24. */
  readonly positions: Float64Array;
  /** [rows × draws], 1 where the trade reached the position. */
  readonly liquidated: Uint8Array;
  /** [rows]. */
  readonly weights: Float64Array;
}

/** Keeps -log(1 - exp(-H)) finite where the curve has not begun yet. */
const SMALLEST_HAZARD = 1e-6;

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
