import * as tf from '@tensorflow/tfjs-core';
import { loadNativeLibrary, NATIVE_BACKEND } from './backend.ts';

/**
 * Run by the setup in a process of its own: loads @tensorflow/tfjs-node from the folder given and
 * multiplies. Exit code 0 where the product is right.
 */
loadNativeLibrary(process.argv[2]!);
await tf.setBackend(NATIVE_BACKEND);
const product = tf.matMul(tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[4], [5], [6]]));
process.exitCode = product.dataSync()[0] === 32 && tf.getBackend() === NATIVE_BACKEND ? 0 : 1;
