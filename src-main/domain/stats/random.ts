import { log } from './exact-math.ts';
import { EXPONENTIAL_LAYERS, NORMAL_LAYERS, underCurve } from './ziggurat.ts';

/**
 * Seeded random numbers, equal on every machine: xoshiro128** 1.1 (Blackman and Vigna 2018, period
 * 2^128 - 1) on 32-bit integers. Whatever is derived from it uses +, -, *, /, sqrt and the project's
 * own logarithm, nothing whose last bit an engine may choose.
 */
export class Random {
  #s0: number;
  #s1: number;
  #s2: number;
  #s3: number;

  /** State of the generator: four 32-bit words, not all zero. */
  constructor(state: readonly [number, number, number, number]) {
    [this.#s0, this.#s1, this.#s2, this.#s3] = state;
  }

  /** Integer in [0, 2^32). */
  uint32(): number {
    const s1 = this.#s1;
    const scaled = Math.imul(s1, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    this.#s2 ^= this.#s0;
    this.#s3 ^= s1;
    this.#s1 = s1 ^ this.#s2;
    this.#s0 ^= this.#s3;
    this.#s2 ^= s1 << 9;
    this.#s3 = (this.#s3 << 11) | (this.#s3 >>> 21);
    return result;
  }

  /** Uniform in [0, 1) on the grid of 2^-53. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    return (high * 67_108_864 + (this.uint32() >>> 6)) / 9_007_199_254_740_992;
  }

  /** Integer in [0, n), 1 ≤ n ≤ 2^32, without bias: the uneven rest of 2^32 is drawn again. */
  integerBelow(n: number): number {
    const fair = 4_294_967_296 - (4_294_967_296 % n);
    let draw = this.uint32();
    while (draw >= fair) draw = this.uint32();
    return draw % n;
  }

  /** Standard normal (ziggurat), on a grid of 2^-24 of a layer's width. */
  normal(): number {
    const { edge, inside, tail } = NORMAL_LAYERS;
    for (;;) {
      const draw = this.uint32();
      const layer = draw & 127;
      const share = (draw >>> 8) / 16_777_216;
      const sign = draw & 128 ? -1 : 1;
      if (share < inside[layer]!) return sign * share * edge[layer]!;
      if (layer === 0) return sign * this.#normalBeyond(tail);
      const x = share * edge[layer]!;
      if (underCurve(NORMAL_LAYERS, layer, x, this.uniform())) return sign * x;
    }
  }

  /** Normal given that it exceeds `tail` (Marsaglia 1964). */
  #normalBeyond(tail: number): number {
    for (;;) {
      const beyond = this.exponential() / tail;
      if (2 * this.exponential() > beyond * beyond) return tail + beyond;
    }
  }

  /** Exponential with mean 1 (ziggurat), on a grid of 2^-24 of a layer's width. */
  exponential(): number {
    const { edge, inside, tail } = EXPONENTIAL_LAYERS;
    for (let start = 0; ;) {
      const draw = this.uint32();
      const layer = draw & 255;
      const share = (draw >>> 8) / 16_777_216;
      const x = share * edge[layer]!;
      if (share < inside[layer]!) return start + x;
      // Beyond the tail it is an exponential again.
      if (layer === 0) start += tail;
      else if (underCurve(EXPONENTIAL_LAYERS, layer, x, this.uniform())) return start + x;
    }
  }

  /** Gamma with shape ≥ 1 and scale 1 (Marsaglia and Tsang 2000). */
  gamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const square = x * x;
      const u = 1 - this.uniform();
      // The first test spares the logarithms 19 times out of 20.
      if (u < 1 - 0.0331 * square * square) return d * v;
      if (log(u) < 0.5 * square + d * (1 - v + log(v))) return d * v;
    }
  }
}

const WORD = 0xffff_ffffn;

/** SplitMix64 (Steele, Lea and Flood 2014): its output number `n`, from 1, after `seed`. */
function splitMix(seed: bigint, n: bigint): bigint {
  let z = BigInt.asUintN(64, seed + n * 0x9e37_79b9_7f4a_7c15n);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58_476d_1ce4_e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d0_49bb_1331_11ebn);
  return z ^ (z >> 31n);
}

/**
 * The stream of a seed, or of a seed and keys such as (seed, path number). All are safe integers.
 * SplitMix64 fills the state from the seed, as the generator's authors advise; each key is added to
 * the mix of what came before, so no two paths of one seed share a stream.
 */
export function randomStream(seed: number, ...keys: readonly number[]): Random {
  const start = keys.reduce((mixed, key) => splitMix(mixed, 1n) + BigInt(key), BigInt(seed));
  const low = splitMix(start, 1n);
  const high = splitMix(start, 2n);
  const word = (value: bigint) => Number(value & WORD) | 0;
  return new Random([word(low), word(low >> 32n), word(high), word(high >> 32n)]);
}
