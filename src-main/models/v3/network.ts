import { CURVE_BINS } from '../../domain/risk/risk-curve.ts';
import type { LayerShape } from '../train/weights.ts';

/** Features → hidden layers → one logit for each bin of the curve. */
export function riskLayers(features: number, hidden: readonly number[]): LayerShape[] {
  const widths = [features, ...hidden, CURVE_BINS];
  return widths.slice(1).map((outputs, i) => ({ inputs: widths[i]!, outputs }));
}
