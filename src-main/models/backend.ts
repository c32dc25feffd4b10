import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadNativeLibrary, NATIVE_BACKEND } from './native-library.ts';

export type BackendName = 'native' | 'wasm';

/**
 * Make TensorFlow.js ready in this thread: native where its library loads and is preferred, else on
 * wasm. Only training needs it; curves are read without it.
 */
export async function startBackend({
  prefer = 'native',
}: { readonly prefer?: BackendName } = {}): Promise<BackendName> {
  const backend = prefer === 'native' && isNativeLoaded() ? 'native' : 'wasm';
  tf.enableProdMode();
  await tf.setBackend(backend === 'native' ? NATIVE_BACKEND : 'wasm');
  await tf.ready();
  return backend;
}

/** Whether the native backend is there, after an attempt to load it. */
function isNativeLoaded(): boolean {
  if (tf.findBackendFactory(NATIVE_BACKEND)) return true;
  const folder = builtPackage();
  if (!folder) return false;
  try {
    loadNativeLibrary(folder);
    return true;
  } catch {
    // A binary of another system or without its libraries is no reason not to train.
    return false;
  }
}

/** Folder of @tensorflow/tfjs-node where its binary was built, or null: npm installs it without. */
function builtPackage(): string | null {
  try {
    const require = createRequire(import.meta.url);
    const folder = dirname(require.resolve('@tensorflow/tfjs-node/package.json'));
    const builds = readdirSync(join(folder, 'lib')).map((build) => join(folder, 'lib', build));
    return builds.some((build) => existsSync(join(build, 'tfjs_binding.node'))) ? folder : null;
  } catch {
    return null;
  }
}
