import * as tf from '@tensorflow/tfjs-core';
import type { Flat, LayerShape } from '../network.ts';

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

/**
 * Dense layers x · weights + bias with ReLU between them: data [rows, inputs] to the outputs of the
 * last layer. `weights` holds the weights [inputs, outputs] and the bias [outputs] of each layer in
 * order, as `tensorsOf` gives them. Differentiable by the weights, not by the data. One function for
 * the whole network, because every kernel and every tensor that need not be there is time.
 */
export function denseNetwork(data: tf.Tensor2D, weights: readonly tf.Tensor[]): tf.Tensor2D {
  const layers = weights.length / 2;
  const network = tf.customGrad((...inputs) => {
    const save = inputs.pop() as unknown as tf.GradSaveFunc;
    const tensors = inputs as tf.Tensor[];
    const matrices = tensors.filter((_, i) => i % 2 === 0) as tf.Tensor2D[];
    const hidden: tf.Tensor2D[] = [];
    let x = data;
    matrices.forEach((matrix, layer) => {
      if (layer > 0) hidden.push((x = tf.relu(x)));
      const bias = tensors[2 * layer + 1]!;
      x = tf.fused.matMul({ a: x, b: matrix, bias, activation: 'linear' }) as tf.Tensor2D;
    });
    save([...hidden, ...matrices]);
    return {
      value: x,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const hidden = saved.slice(0, layers - 1) as tf.Tensor2D[];
        const matrices = saved.slice(layers - 1) as tf.Tensor2D[];
        const gradients: tf.Tensor[] = [];
        let ofOutputs = dy as tf.Tensor2D;
        for (let layer = layers - 1; layer >= 0; layer--) {
          const x = layer > 0 ? hidden[layer - 1]! : data;
          gradients.unshift(...ofWeights(x, ofOutputs));
          // What ReLU left is 0 or above, so that its sign is its slope.
          if (layer > 0) ofOutputs = tf.mul(ofInputs(ofOutputs, matrices[layer]!), tf.sign(x));
        }
        return gradients;
      },
    };
  });
  return network(...weights) as tf.Tensor2D;
}

/*
 * The wasm backend multiplies transposed operands some fifteen times slower than plain ones, so there
 * the gradients transpose first; natively that would be the slower way.
 */
const multipliesTransposed = () => tf.getBackend() !== 'wasm';

/** Gradients of a layer's weights and bias, from its inputs and the gradient of its outputs. */
function ofWeights(x: tf.Tensor2D, dy: tf.Tensor2D): [tf.Tensor2D, tf.Tensor1D] {
  if (multipliesTransposed()) return [tf.matMul(x, dy, true), tf.sum(dy, 0)];
  // wasm keeps a right operand packed for its next product, which makes this sum nearly free.
  const sum = tf.matMul(tf.ones([1, dy.shape[0]]), dy);
  return [tf.matMul(tf.transpose(x), dy), tf.reshape(sum, [dy.shape[1]])];
}

/** Gradient of a layer's inputs, from that of its outputs. */
function ofInputs(dy: tf.Tensor2D, weights: tf.Tensor2D): tf.Tensor2D {
  if (multipliesTransposed()) return tf.matMul(dy, weights, false, true);
  return tf.matMul(dy, tf.transpose(weights));
}
