import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTool } from './run-tool.ts';
import { tensorflowLibraries, type Wheel } from './tensorflow-libraries.ts';

export interface NativeSetup {
  /** Of @tensorflow/tfjs-node, which npm installs without its binary. */
  readonly packageFolder: string;
  /** C headers of Node-API. */
  readonly headersFolder: string;
  /** Keeps TensorFlow's libraries over a reinstall of the package. */
  readonly cacheFolder: string;
  /** Such as linux-x64. */
  readonly platform: string;
  readonly wheel: Wheel;
  readonly tell: (line: string) => void;
}

const PROOF = fileURLToPath(new URL('../../models/train/prove-native.ts', import.meta.url));
/** What the package's loader looks for under Node-API 8, which every Node since 12.22 has. */
const NODE_API = 8;

/**
 * Build the package's missing binary against TensorFlow's libraries, and prove it. Throws an Error
 * that says why it cannot be done; nothing half-made is left then, and training stays on wasm.
 */
export function setUpNative(setup: NativeSetup): 'already' | 'built' {
  const { packageFolder, headersFolder, platform, tell } = setup;
  if (platform !== 'linux-x64') {
    throw new Error(
      `this setup knows Linux on x64 only, and this is ${platform}; on Windows and macOS "npm rebuild @tensorflow/tfjs-node --ignore-scripts=false" fetches the package's own binary.`,
    );
  }
  if (!existsSync(packageFolder)) {
    throw new Error('the optional package @tensorflow/tfjs-node is not installed; run npm ci.');
  }
  const place = join(packageFolder, 'lib', `napi-v${NODE_API}`);
  if (existsSync(join(place, 'tfjs_binding.node')) && isProven(packageFolder)) return 'already';

  const libraries = tensorflowLibraries(setup);
  tell('Compiling the binding...');
  const aside = `${place}.part`;
  const deps = join(packageFolder, 'deps');
  for (const folder of [aside, place, deps]) rmSync(folder, { recursive: true, force: true });
  try {
    mkdirSync(aside, { recursive: true });
    compileBinding(packageFolder, libraries, headersFolder, join(aside, 'tfjs_binding.node'));
    mkdirSync(deps);
    symlinkSync(libraries, join(deps, 'lib'));
    renameSync(aside, place);
    if (!isProven(packageFolder))
      throw new Error('the binary was built, but does not multiply right.');
  } catch (error) {
    for (const folder of [aside, place, deps]) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return 'built';
}

function compileBinding(
  packageFolder: string,
  libraries: string,
  headersFolder: string,
  out: string,
): void {
  runTool('g++', [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', `-DNAPI_VERSION=${NODE_API}`],
    ...[packageFolder, join(libraries, 'include'), headersFolder].map((folder) => `-I${folder}`),
    join(packageFolder, 'binding', 'tfjs_backend.cc'),
    join(packageFolder, 'binding', 'tfjs_binding.cc'),
    `-L${libraries}`,
    ...['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
    ...['-o', out],
  ]);
}

/** In a process of its own, which a broken library may take with it. */
function isProven(packageFolder: string): boolean {
  const node = ['--disable-warning=ExperimentalWarning', PROOF, packageFolder];
  const { status } = spawnSync(process.execPath, node, { stdio: 'ignore', timeout: 60_000 });
  return status === 0;
}
