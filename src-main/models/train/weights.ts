import * as tf from '@tensorflow/tfjs-core';
import type { Flat } from './optimiser.ts';

/** A dense layer's shape; its weights are [inputs, outputs], followed by [outputs] biases. */
export interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
}

export const layerSize = ({ inputs, outputs }: LayerShape) => (inputs + 1) * outputs;

export function weightCount(layers: readonly LayerShape[]): number {
  return layers.reduce((sum, layer) => sum + layerSize(layer), 0);
}

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

/** Weights and biases of each layer as tensors, in order. */
export function tensorsOf(flat: Flat, layers: readonly LayerShape[]): tf.Tensor[] {
  let at = 0;
  return layers.flatMap(({ inputs, outputs }) => {
    const weights = new Float32Array(flat.subarray(at, at + inputs * outputs));
    at += inputs * outputs;
    const bias = new Float32Array(flat.subarray(at, at + outputs));
    at += outputs;
    return [tf.tensor2d(weights, [inputs, outputs]), tf.tensor1d(bias)];
  });
}
