import * as tf from '@tensorflow/tfjs-core';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  startBackend,
  type BackendName,
  loadNativeLibrary,
  loadsNativeLibrary,
} from '../../../src-main/models/train/backend.ts';
import { train } from '../../../src-main/models/train/loop.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { randomSizeTask } from '../../support/random-examples.ts';
import { tellSkipped } from '../../support/skipped.ts';

const isNative = (await startBackend()) === 'native';
if (!isNative) {
  tellSkipped('the native backend', 'it is not built; npm run setup:native builds it.');
}

afterEach(() => vi.unstubAllEnvs());
const prefer = (backend: BackendName) => vi.stubEnv('SIZE_PICKER_BACKEND', backend);

/** A package that opens the binary in its folder, as tfjs-node does. */
function packageWith(binary: string | null): string {
  const folder = dataFolder();
  const build = join(folder, 'lib', 'napi-v8');
  mkdirSync(build, { recursive: true });
  writeFileSync(
    join(folder, 'index.js'),
    `process.dlopen({ exports: {} }, __dirname + '/lib/napi-v8/tfjs_binding.node');`,
  );
  if (binary !== null) writeFileSync(join(build, 'tfjs_binding.node'), binary);
  return folder;
}

describe('the training backend', () => {
  it('is wasm where the environment says so', async () => {
    prefer('wasm');
    expect(await startBackend()).toBe('wasm');
    expect(tf.getBackend()).toBe('wasm');
  });

  it.skipIf(isNative)('is wasm where the package has no binary, or a broken one', async () => {
    expect(loadsNativeLibrary(join(dataFolder(), 'nowhere'))).toBe(false);
    expect(loadsNativeLibrary(packageWith(null))).toBe(false);
    const broken = packageWith('no library');
    expect(() => loadNativeLibrary(broken)).toThrow(/invalid ELF|too short|not a/i);
    expect(loadsNativeLibrary(broken)).toBe(false);
    expect(await startBackend()).toBe('wasm');
  });

  it.skipIf(!isNative)('is native where its library loads', async () => {
    expect(await startBackend()).toBe('native');
    expect(tf.getBackend()).toBe('tensorflow');
  });
});

describe('a run of training', () => {
  const task = randomSizeTask(3_000, 500);
  const config = { epochs: 3, batch: 128, learningRate: 1e-3, weightDecay: 0.01, patience: 9 };
  const lossesOn = async (backend: BackendName, seed: number) => {
    prefer(backend);
    const { epochs } = await train(task, config, seed, {});
    return epochs.flatMap(({ trainingLoss, validationLoss }) => [trainingLoss, validationLoss]);
  };
  /** Largest difference, as a share of the loss. */
  const distance = (some: number[], others: number[]) =>
    Math.max(...some.map((loss, i) => Math.abs(loss / others[i]! - 1)));
  /** Single precision, summed in another order, over the steps of three epochs. */
  const TOLERANCE = 1e-4;

  it('differs from one of another seed by more than backends may differ', async () => {
    const distances = distance(await lossesOn('wasm', 1), await lossesOn('wasm', 2));
    expect(distances).toBeGreaterThan(10 * TOLERANCE);
  });

  it.skipIf(!isNative)('of the same seed has the same losses on both backends', async () => {
    const wasm = await lossesOn('wasm', 1);
    const native = await lossesOn('native', 1);
    expect(distance(native, wasm)).toBeLessThan(TOLERANCE);
    expect(native).not.toEqual(wasm);
  });

  it.skipIf(!isNative)(
    'of the same seed has the same bits on the native one each time',
    async () => {
      expect(await lossesOn('native', 1)).toEqual(await lossesOn('native', 1));
    },
  );
});
