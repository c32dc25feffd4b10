import * as tf from '@tensorflow/tfjs-core';
import { CURVE_BINS } from '../../domain/risk-curve.ts';
import type { LayerShape } from '../weights.ts';

/** Features → hidden layers → one logit for each bin of the curve. */
export function riskLayers(features: number, hidden: readonly number[]): LayerShape[] {
  const widths = [features, ...hidden, CURVE_BINS];
  return widths.slice(1).map((outputs, i) => ({ inputs: widths[i]!, outputs }));
}

/** What a batch of trades came to at some places of the curve. */
export interface RiskOutcomes {
  /** [rows, draws], between the curve's edges: 0 to 24. */
  readonly positions: tf.Tensor2D;
  /** [rows, draws], 1 where the trade reached the position. */
  readonly liquidated: tf.Tensor2D;
  /** [rows, 1]. */
  readonly weights: tf.Tensor2D;
}

/** Keeps -log(1 - exp(-H)) finite where the curve has not begun yet. */
const SMALLEST_HAZARD = 1e-6;

/**
 * Weighted sum of the binary cross-entropy of P = exp(-H), where H is the cumulative hazard below a
 * position: the sum over bins of softplus(logit) times the share of the bin below it. The entropy is
 * H where liquidated and -log(1 - exp(-H)) where not; in these terms nothing cancels, however small
 * or large P is.
 */
export function riskLoss(logits: tf.Tensor2D, outcomes: RiskOutcomes): tf.Scalar {
  const { liquidated, weights } = outcomes;
  const bins = tf.range(0, CURVE_BINS, 1);
  const covered = tf.clipByValue(tf.sub(tf.expandDims(outcomes.positions, 2), bins), 0, 1);
  const loss = tf.customGrad((...inputs) => {
    const [logits, save] = inputs as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    const hazards = tf.expandDims(tf.softplus(logits), 2);
    const hazard = tf.maximum(tf.squeeze(tf.matMul(covered, hazards), [2]), SMALLEST_HAZARD);
    save([logits, covered, hazard]);
    const survived = tf.neg(tf.log(tf.neg(tf.expm1(tf.neg(hazard)))));
    const entropy = tf.add(survived, tf.mul(liquidated, tf.sub(hazard, survived)));
    return {
      value: tf.sum(tf.mul(weights, entropy)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [logits, covered, hazard] = saved as [tf.Tensor2D, tf.Tensor3D, tf.Tensor2D];
        const ofSurvival = tf.div(tf.sub(liquidated, 1), tf.expm1(hazard));
        const ofHazard = tf.mul(weights, tf.add(liquidated, ofSurvival));
        const ofBins = tf.squeeze(tf.matMul(tf.expandDims(ofHazard, 1), covered), [1]);
        return tf.mul(dy, tf.mul(ofBins, tf.sigmoid(logits)));
      },
    };
  });
  return loss(logits) as tf.Scalar;
}
