import type { Flat } from './train/optimiser.ts';
import type { LayerShape } from './train/weights.ts';

/**
 * Dense layers with ReLU between them on plain arrays, in double precision: the same bits on every
 * run, a few microseconds a row, no library. The returned array is reused by the next run.
 */
export class PlainNetwork {
  readonly #layers: readonly LayerShape[];
  readonly #weights: Flat;
  readonly #values: readonly Float64Array[];
  readonly #active: Int32Array;

  /** `weights` as `initialWeights` lays them out. */
  constructor(layers: readonly LayerShape[], weights: Flat) {
    this.#layers = layers;
    this.#weights = weights;
    this.#values = layers.map(({ outputs }) => new Float64Array(outputs));
    this.#active = new Int32Array(Math.max(...layers.map(({ inputs }) => inputs)));
  }

  /** Outputs of the last layer for one row. */
  run(row: Flat): Float64Array {
    const active = this.#active;
    let x: Flat = row;
    let at = 0;
    this.#layers.forEach(({ inputs, outputs }, layer) => {
      let count = 0;
      for (let i = 0; i < inputs; i++) {
        // ReLU leaves nothing of what is below 0; a NaN is not.
        const isIdle = layer === 0 ? x[i] === 0 : x[i]! <= 0;
        if (!isIdle) active[count++] = i;
      }
      const y = this.#values[layer]!;
      y.set(this.#weights.subarray(at + inputs * outputs, at + (inputs + 1) * outputs));
      addProducts(y, x, active, count, this.#weights, at);
      at += (inputs + 1) * outputs;
      x = y;
    });
    return x as Float64Array;
  }
}

/**
 * Add the first `count` of the `active` inputs x times their weights, which begin at `at`, to the
 * outputs y. Four at a time, since reading and writing y costs as much as a product; in the order of
 * the inputs all the same.
 */
function addProducts(
  y: Float64Array,
  x: Flat,
  active: Int32Array,
  count: number,
  weights: Flat,
  at: number,
): void {
  const outputs = y.length;
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const [a, b, c, d] = [active[i]!, active[i + 1]!, active[i + 2]!, active[i + 3]!];
    const [xa, xb, xc, xd] = [x[a]!, x[b]!, x[c]!, x[d]!];
    const [wa, wb] = [at + a * outputs, at + b * outputs];
    const [wc, wd] = [at + c * outputs, at + d * outputs];
    for (let o = 0; o < outputs; o++) {
      const sum = y[o]! + xa * weights[wa + o]! + xb * weights[wb + o]!;
      y[o] = sum + xc * weights[wc + o]! + xd * weights[wd + o]!;
    }
  }
  for (; i < count; i++) {
    const value = x[active[i]!]!;
    const from = at + active[i]! * outputs;
    for (let o = 0; o < outputs; o++) y[o]! += value * weights[from + o]!;
  }
}
