import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import util from 'node:util';

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
    return dirname(load.resolve('@tensorflow/tfjs-node/package.json'));
  } catch {
    return null;
  }
}

/** Not `require`: the bundle declares one of its own. */
const load = createRequire(import.meta.url);

/** The name under which @tensorflow/tfjs-node registers itself. */
export const NATIVE_BACKEND = 'tensorflow';

/** Load @tensorflow/tfjs-node from its folder. Throws whatever a missing or broken binary throws. */
export function loadNativeLibrary(packageFolder: string): void {
  // It calls two functions that Node dropped or warns of.
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
  // TensorFlow tells on stderr, line by line, what processor it found.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // Products as small as these are done sooner by one thread than divided among several.
  process.env.TF_NUM_INTRAOP_THREADS ??= '1';
  load(packageFolder);
  if (!tf.findBackend(NATIVE_BACKEND)) throw new Error('the package brought no backend');
}

/**
 * Whether the native backend is there, after an attempt to load it from the package's folder. npm
 * installs the package without its binary, which is looked for before anything is loaded.
 */
export function loadsNativeLibrary(packageFolder: string): boolean {
  if (tf.findBackendFactory(NATIVE_BACKEND)) return true;
  try {
    const builds = readdirSync(join(packageFolder, 'lib'));
    const isBuilt = (build: string) =>
      existsSync(join(packageFolder, 'lib', build, 'tfjs_binding.node'));
    if (!builds.some(isBuilt)) return false;
    loadNativeLibrary(packageFolder);
    return true;
  } catch {
    // A binary of another system or without its libraries is no reason not to train.
    return false;
  }
}
