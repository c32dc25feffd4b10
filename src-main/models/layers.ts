import * as tf from '@tensorflow/tfjs-core';

/*
 * Layers with gradients of their own. The wasm backend multiplies transposed operands some fifteen
 * times slower than plain ones, so the gradients here transpose first and multiply plainly.
 */

/**
 * Dense layer x · weights + bias: x [rows, inputs], weights [inputs, outputs], bias [outputs], on the
 * output of another layer.
 */
export function dense(x: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const layer = tf.customGrad((...inputs) => {
    const [x, weights, bias, save] = inputs as unknown as DenseInputs;
    save([x, weights]);
    return {
      value: tf.add(tf.matMul(x, weights), bias),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, weights] = saved as [tf.Tensor2D, tf.Tensor2D];
        return [tf.matMul(dy, tf.transpose(weights)), ...weightGradients(x, dy)];
      },
    };
  });
  return layer(x, weights, bias) as tf.Tensor2D;
}

/** Dense layer on data, which needs no gradient itself. */
export function denseOfData(data: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D) {
  const layer = tf.customGrad((...inputs) => ({
    value: tf.add(tf.matMul(data, inputs[0] as tf.Tensor2D), inputs[1] as tf.Tensor1D),
    gradFunc: (dy: tf.Tensor) => weightGradients(data, dy),
  }));
  return layer(weights, bias) as tf.Tensor2D;
}

export function relu(x: tf.Tensor2D): tf.Tensor2D {
  const layer = tf.customGrad((...inputs) => {
    const [x, save] = inputs as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    save([x]);
    return {
      value: tf.relu(x),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, tf.step(saved[0]!)),
    };
  });
  return layer(x) as tf.Tensor2D;
}

type DenseInputs = [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.GradSaveFunc];

const weightGradients = (x: tf.Tensor2D, dy: tf.Tensor) => [
  tf.matMul(tf.transpose(x), dy as tf.Tensor2D),
  tf.sum(dy, 0),
];
