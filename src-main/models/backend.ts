import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

/** Make TensorFlow.js ready in this thread. Only training needs it; curves are read without it. */
export async function startBackend(): Promise<void> {
  if (tf.getBackend() === 'wasm') return;
  tf.enableProdMode();
  await tf.setBackend('wasm');
  await tf.ready();
}
