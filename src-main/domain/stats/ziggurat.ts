import { exp, log } from './exact-math.ts';

/**
 * Layers of equal area under a falling density exp(-energy(x)) on x ≥ 0 (Marsaglia and Tsang 2000,
 * in the form of Doornik 2005). Layer i reaches from 0 to `edge[i]` and lies wholly under the curve up
 * to `inside[i]` of that width. Layer 0 holds the tail beyond `tail`.
 */
export interface Layers {
  readonly edge: Float64Array;
  readonly inside: Float64Array;
  readonly tail: number;
  readonly energy: (x: number) => number;
}

function layers(
  count: number,
  tail: number,
  area: number,
  energy: (x: number) => number,
  inverse: (energy: number) => number,
): Layers {
  const edge = new Float64Array(count + 1);
  edge[0] = area / exp(-energy(tail));
  edge[1] = tail;
  for (let i = 2; i < count; i++) {
    edge[i] = inverse(-log(area / edge[i - 1]! + exp(-energy(edge[i - 1]!))));
  }
  const inside = new Float64Array(count).map((_, i) => edge[i + 1]! / edge[i]!);
  return { edge, inside, tail, energy };
}

/** Half of the normal density, 128 layers; tail and area as published. */
export const NORMAL_LAYERS = layers(
  128,
  3.442619855899,
  9.91256303526217e-3,
  (x) => (x * x) / 2,
  (energy) => Math.sqrt(2 * energy),
);

/** The exponential density, 256 layers; tail and area as published. */
export const EXPONENTIAL_LAYERS = layers(
  256,
  7.69711747013104972,
  3.9496598225815571993e-3,
  (x) => x,
  (energy) => energy,
);

/** Whether a point of layer i at `x`, at a uniform height in the layer, lies under the curve. */
export function underCurve({ edge, energy }: Layers, i: number, x: number, u: number): boolean {
  const here = energy(x);
  const bottom = exp(here - energy(edge[i]!));
  const top = exp(here - energy(edge[i + 1]!));
  return top + u * (bottom - top) < 1;
}
