import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { loadsNativeLibrary, NATIVE_BACKEND } from './native-library.ts';

export type BackendName = 'native' | 'wasm';

/**
 * Make TensorFlow.js ready in this thread: native where its library loads, else, and where the
 * environment says SIZE_PICKER_BACKEND=wasm, on wasm. Only training needs it; curves are read
 * without it.
 */
export async function startBackend(): Promise<BackendName> {
  tf.enableProdMode();
  const folder = process.env.SIZE_PICKER_BACKEND === 'wasm' ? null : nativePackage();
  const isNative = folder !== null && loadsNativeLibrary(folder);
  await tf.setBackend(isNative ? NATIVE_BACKEND : 'wasm');
  await tf.ready();
  return isNative ? 'native' : 'wasm';
}

/** Folder of the optional package, or null. */
function nativePackage(): string | null {
  try {
    const { resolve } = createRequire(import.meta.url);
    return dirname(resolve('@tensorflow/tfjs-node/package.json'));
  } catch {
    return null;
  }
}
