import * as tf from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import util from 'node:util';

const require = createRequire(import.meta.url);

/** The name under which @tensorflow/tfjs-node registers itself. */
export const NATIVE_BACKEND = 'tensorflow';

/** Load @tensorflow/tfjs-node from its folder. Throws whatever a missing or broken binary throws. */
export function loadNativeLibrary(packageFolder: string): void {
  // It calls two functions that Node 23 dropped.
  const dropped = {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  };
  for (const [name, substitute] of Object.entries(dropped)) {
    if (!(name in util)) Object.assign(util, { [name]: substitute });
  }
  // TensorFlow tells on stderr, line by line, what processor it found.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  require(packageFolder);
  if (!tf.findBackend(NATIVE_BACKEND)) throw new Error('the package brought no backend');
}
