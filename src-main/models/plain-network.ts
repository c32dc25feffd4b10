import type { Flat } from './optimiser.ts';
import type { LayerShape } from './weights.ts';

/**
 * Dense layers with ReLU between them on plain arrays, in double precision: the same bits on every
 * run, a few microseconds a row, no library. The returned array is reused by the next run.
 */
export class PlainNetwork {
  readonly #layers: readonly LayerShape[];
  readonly #weights: Flat;
  readonly #values: readonly Float64Array[];

  /** `weights` as `initialWeights` lays them out. */
  constructor(layers: readonly LayerShape[], weights: Flat) {
    this.#layers = layers;
    this.#weights = weights;
    this.#values = layers.map(({ outputs }) => new Float64Array(outputs));
  }

  /** Outputs of the last layer for one row. */
  run(row: Flat): Float64Array {
    const weights = this.#weights;
    let x: Flat = row;
    let at = 0;
    this.#layers.forEach(({ inputs, outputs }, layer) => {
      const y = this.#values[layer]!;
      const biases = at + inputs * outputs;
      for (let o = 0; o < outputs; o++) y[o] = weights[biases + o]!;
      for (let i = 0; i < inputs; i++, at += outputs) {
        const value = layer === 0 ? x[i]! : Math.max(0, x[i]!);
        if (value !== 0) for (let o = 0; o < outputs; o++) y[o]! += value * weights[at + o]!;
      }
      at += outputs;
      x = y;
    });
    return x as Float64Array;
  }
}
