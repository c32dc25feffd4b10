/** Nets of dense layers on plain arrays: their shapes, weights, inputs and outputs. No TensorFlow. */

/** All weights of a net, or their gradient, or rows of inputs, one after the other. */
export type Flat = Float32Array | Float64Array;

/** A dense layer's shape; its weights are [inputs, outputs], followed by [outputs] biases. */
export interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
}

/** The layers of a net from its widths: inputs, hidden units of each layer, outputs. */
export const layersOf = (widths: readonly number[]): LayerShape[] =>
  widths.slice(1).map((outputs, i) => ({ inputs: widths[i]!, outputs }));

export const layerSize = ({ inputs, outputs }: LayerShape) => (inputs + 1) * outputs;

export const weightCount = (layers: readonly LayerShape[]) =>
  layers.reduce((sum, layer) => sum + layerSize(layer), 0);

/** Uniform weights of variance 2 / inputs (He et al. 2015), biases 0. */
export function initialWeights(layers: readonly LayerShape[], random: () => number): Float32Array {
  const flat = new Float32Array(weightCount(layers));
  let at = 0;
  for (const { inputs, outputs } of layers) {
    const bound = Math.sqrt(6 / inputs);
    for (let i = 0; i < inputs * outputs; i++) flat[at++] = (2 * random() - 1) * bound;
    at += outputs;
  }
  return flat;
}

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

/** Mean and standard deviation of each feature over the training rows. */
export interface Scaler {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** A feature further than this from its mean, in deviations, counts as this far. */
export const FURTHEST = 5;

/** Fit to the given rows of a table of `width` columns. */
export function fitScaler(table: Flat, width: number, rows: Int32Array): Scaler {
  const mean = new Array<number>(width).fill(0);
  const deviation = new Array<number>(width).fill(0);
  for (const row of rows) for (let i = 0; i < width; i++) mean[i]! += table[row * width + i]!;
  for (let i = 0; i < width; i++) mean[i]! /= rows.length;
  for (const row of rows) {
    for (let i = 0; i < width; i++) deviation[i]! += (table[row * width + i]! - mean[i]!) ** 2;
  }
  for (let i = 0; i < width; i++) deviation[i] = Math.sqrt(deviation[i]! / rows.length) || 1;
  return { mean, deviation };
}

/** Standardise rows in place: zero mean, unit deviation, cut at five deviations. */
export function standardise(table: Flat, { mean, deviation }: Scaler): void {
  const width = mean.length;
  for (let at = 0; at < table.length; at++) {
    const value = (table[at]! - mean[at % width]!) / deviation[at % width]!;
    table[at] = Math.min(FURTHEST, Math.max(-FURTHEST, value));
  }
}
