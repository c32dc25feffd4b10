import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setUpNative, type NativeSetup } from '../../../src-main/hosts/setup/native-backend.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { tellSkipped } from '../../support/skipped.ts';

const { resolve } = createRequire(import.meta.url);
/** What tfjs-node does for its backend, with plain arithmetic in the library's place. */
const STAND_IN = `
const tf = require(${JSON.stringify(resolve('@tensorflow/tfjs-core'))});
const { MathBackendCPU } = require(${JSON.stringify(resolve('@tensorflow/tfjs-backend-cpu'))});
if (!require('fs').readFileSync(__dirname + '/lib/napi-v8/tfjs_binding.node', 'utf8').includes('sound')) {
  throw new Error('a broken binary');
}
tf.copyRegisteredKernels('cpu', 'tensorflow');
tf.registerBackend('tensorflow', () => new MathBackendCPU());
`;

const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) tellSkipped('most of setup:native', 'there is no python3 here.');

/** A wheel with two libraries, a header, a licence and what nobody wants. */
function makeWheel(path: string): string {
  const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    for name in sys.argv[2:]:
        wheel.writestr(name, name)
`;
  execFileSync('python3', [
    ...['-c', script, path, 'tensorflow/libtensorflow_cc.so.2'],
    'tensorflow/libtensorflow_framework.so.2',
    'tensorflow/include/tensorflow/c/c_api.h',
    'tensorflow/THIRD_PARTY_NOTICES.txt',
    'tensorflow_stand_in-1.0.dist-info/LICENSE',
    'tensorflow/python/much.py',
  ]);
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** A program on the path, before the real ones, that notes that it was run. */
function program(folder: string, name: string, script: string): void {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> "${join(folder, 'log')}"\n${script}\n`);
  chmodSync(path, 0o755);
}

/** A place to set up in: pip brings a wheel made here, g++ writes what it is told to. */
function prepared(compiled = 'a sound binary') {
  const folder = dataFolder();
  const wheelFile = join(folder, 'stand_in.whl');
  const sha256 = makeWheel(wheelFile);
  const bin = join(folder, 'bin');
  const packageFolder = join(folder, 'package');
  for (const made of [bin, packageFolder]) mkdirSync(made);
  writeFileSync(join(packageFolder, 'index.js'), STAND_IN);
  const python = execFileSync('/bin/sh', ['-c', 'command -v python3'], { encoding: 'utf8' }).trim();
  const last = 'for last; do :; done';
  program(
    bin,
    'python3',
    `if [ "$2" = pip ]; then ${last}; cp "${wheelFile}" "$last"; else exec "${python}" "$@"; fi`,
  );
  program(bin, 'g++', `${last}; echo "${compiled}" > "$last"`);
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
  const setup: NativeSetup = {
    packageFolder,
    headersFolder: folder,
    cacheFolder: join(folder, 'cache'),
    platform: 'linux-x64',
    wheel: { name: 'tensorflow-stand-in', version: '1.0', sha256, size: 'little' },
    tell: () => undefined,
  };
  const ran = () =>
    existsSync(join(bin, 'log')) ? readFileSync(join(bin, 'log'), 'utf8').trim().split('\n') : [];
  return { setup, bin, ran, forget: () => rmSync(join(bin, 'log'), { force: true }) };
}

const isBare = (packageFolder: string) =>
  expect(readdirSync(packageFolder).filter((name) => name !== 'lib')).toEqual(['index.js']);

describe('setup:native', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('leaves any other platform alone, and says what can be done there', () => {
    const setup = { platform: 'win32-x64' } as NativeSetup;
    expect(() => setUpNative(setup)).toThrow(/Linux on x64 only.*win32-x64.*npm rebuild/);
  });

  it('leaves it where the optional package is not installed', () => {
    const packageFolder = join(dataFolder(), 'absent');
    const setup = { platform: 'linux-x64', packageFolder } as NativeSetup;
    expect(() => setUpNative(setup)).toThrow(/tfjs-node is not installed/);
  });

  describe.skipIf(!hasPython)('with what it needs', () => {
    it('unpacks the libraries, the headers and the licences, and builds a binary that multiplies', () => {
      const { setup, ran } = prepared();
      expect(setUpNative(setup)).toBe('built');
      const cached = join(setup.cacheFolder, 'tensorflow-stand-in-1.0');
      expect(readdirSync(setup.cacheFolder)).toEqual(['tensorflow-stand-in-1.0']);
      expect(readdirSync(cached, { recursive: true }).toSorted()).toEqual([
        'tensorflow',
        'tensorflow/THIRD_PARTY_NOTICES.txt',
        'tensorflow/include',
        'tensorflow/include/tensorflow',
        'tensorflow/include/tensorflow/c',
        'tensorflow/include/tensorflow/c/c_api.h',
        'tensorflow/libtensorflow_cc.so.2',
        'tensorflow/libtensorflow_framework.so.2',
        'tensorflow_stand_in-1.0.dist-info',
        'tensorflow_stand_in-1.0.dist-info/LICENSE',
      ]);
      const linked = join(setup.packageFolder, 'deps', 'lib', 'libtensorflow_cc.so.2');
      expect(readFileSync(linked, 'utf8')).toBe('tensorflow/libtensorflow_cc.so.2');
      expect(ran().filter((line) => line.includes('pip download'))).toEqual([
        expect.stringMatching(/--no-deps --require-hashes --only-binary=:all:.*cp311.*manylinux/),
      ]);
    });

    it('does nothing the second time', () => {
      const { setup, ran, forget } = prepared();
      setUpNative(setup);
      forget();
      expect(setUpNative(setup)).toBe('already');
      expect(ran()).toEqual([]);
    });

    it('fetches nothing again after the package was installed anew', () => {
      const { setup, ran, forget } = prepared();
      setUpNative(setup);
      for (const made of ['lib', 'deps'])
        rmSync(join(setup.packageFolder, made), { recursive: true });
      forget();
      expect(setUpNative(setup)).toBe('built');
      expect(ran()).toEqual([expect.stringMatching(/^g\+\+/)]);
    });

    it('refuses a file with another checksum, and keeps nothing of it', () => {
      const { setup } = prepared();
      const wheel = { ...setup.wheel, sha256: '0'.repeat(64) };
      expect(() => setUpNative({ ...setup, wheel })).toThrow(/sha256 [0-9a-f]{64}, not 0{64}/);
      expect(readdirSync(setup.cacheFolder)).toEqual([]);
      isBare(setup.packageFolder);
    });

    it.each(['python3', 'g++'])('says so where %s fails, and leaves nothing half-made', (tool) => {
      const { setup, bin } = prepared();
      program(bin, tool, 'echo "no such luck" >&2; exit 1');
      expect(() => setUpNative(setup)).toThrow('failed:\nno such luck');
      isBare(setup.packageFolder);
    });

    it('takes back a binary that does not multiply', () => {
      const { setup } = prepared('a hollow binary');
      expect(() => setUpNative(setup)).toThrow(/does not multiply/);
      isBare(setup.packageFolder);
      expect(existsSync(join(setup.packageFolder, 'lib', 'napi-v8'))).toBe(false);
    });

    it('builds a broken binary anew', () => {
      const { setup } = prepared();
      setUpNative(setup);
      const binary = join(setup.packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node');
      writeFileSync(binary, 'spoilt');
      expect(setUpNative(setup)).toBe('built');
      expect(readFileSync(binary, 'utf8')).toBe('a sound binary\n');
    });
  });
});
