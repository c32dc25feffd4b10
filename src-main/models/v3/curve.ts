import { CURVE_BINS } from '../../domain/risk/risk-curve.ts';

/** log(1 + exp(z)), without overflow. */
const softplus = (z: number) => Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z)));

/** Cumulative hazard at the curve's edges from the net's logits: starts at 0, never decreases. */
export function cumulativeHazardOf(logits: Float64Array): number[] {
  const edges = [0];
  for (let bin = 0; bin < CURVE_BINS; bin++) edges.push(edges[bin]! + softplus(logits[bin]!));
  return edges;
}
