import type { Flat } from '../network.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** What AdamW needs to go on after an interruption. */
export interface Moments {
  readonly mean: Float64Array;
  readonly square: Float64Array;
  readonly steps: number;
}

/**
 * AdamW: Adam whose weight decay acts on the weights themselves, not on the gradient (Loshchilov and
 * Hutter 2019, algorithm 2). The moments are kept in double precision whatever the weights are.
 */
export class AdamW {
  readonly #weightDecay: number;
  readonly #mean: Float64Array;
  readonly #square: Float64Array;
  #steps = 0;

  constructor(size: number, weightDecay: number, from?: Moments) {
    this.#weightDecay = weightDecay;
    this.#mean = from?.mean.slice() ?? new Float64Array(size);
    this.#square = from?.square.slice() ?? new Float64Array(size);
    this.#steps = from?.steps ?? 0;
  }

  moments(): Moments {
    return { mean: this.#mean.slice(), square: this.#square.slice(), steps: this.#steps };
  }

  /** Move `weights` one step against `gradient`. */
  step(weights: Flat, gradient: Flat, learningRate: number): void {
    this.#steps++;
    const meanScale = learningRate / (1 - BETA_1 ** this.#steps);
    const squareScale = 1 / Math.sqrt(1 - BETA_2 ** this.#steps);
    const kept = 1 - learningRate * this.#weightDecay;
    const mean = this.#mean;
    const square = this.#square;
    for (let i = 0; i < weights.length; i++) {
      const slope = gradient[i]!;
      mean[i] = BETA_1 * mean[i]! + (1 - BETA_1) * slope;
      square[i] = BETA_2 * square[i]! + (1 - BETA_2) * slope * slope;
      const scale = Math.sqrt(square[i]!) * squareScale + EPSILON;
      weights[i] = kept * weights[i]! - (meanScale * mean[i]!) / scale;
    }
  }
}

/** Keeps the quotient finite where the norm is 0, as in the common implementations. */
const NORM_EPSILON = 1e-6;

/** Scale `gradient` in place so that its norm is at most `largest`; returns the norm before. */
export function clipToNorm(gradient: Flat, largest: number): number {
  let squares = 0;
  for (let i = 0; i < gradient.length; i++) squares += gradient[i]! * gradient[i]!;
  const norm = Math.sqrt(squares);
  const scale = largest / (norm + NORM_EPSILON);
  if (scale < 1) for (let i = 0; i < gradient.length; i++) gradient[i]! *= scale;
  return norm;
}

const START_DIVISOR = 25;
const END_DIVISOR = 1e4;
const SHARE_UP = 0.3;

const cosine = (from: number, to: number, share: number) =>
  to + ((from - to) / 2) * (1 + Math.cos(Math.PI * share));

/**
 * Learning rate at `step` (0 to steps - 1) of one cycle: from max/25 up to max over the first 30% of
 * the steps, then down to max/25/10000, both along a cosine (Smith and Topin 2018).
 */
export function oneCycle(step: number, steps: number, max: number): number {
  const start = max / START_DIVISOR;
  const top = SHARE_UP * steps - 1;
  return step <= top
    ? cosine(start, max, step / top)
    : cosine(max, start / END_DIVISOR, (step - top) / (steps - 1 - top));
}
