import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { USAGE, windowArguments, type WindowArguments } from '../arguments.ts';
import { hasDisplay } from '../display.ts';
import { exitCodeOf, faultText } from '../fault-text.ts';
import { findElectron } from './electron-binary.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Writes out/ as `npm run build` does; returns the exit code of the builder, which says what failed. */
function build(): number {
  const builder = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
  const args = ['build', '-c', 'electron.config.ts', '--logLevel', 'warn'];
  const { status } = spawnSync(process.execPath, [builder, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return status ?? 1;
}

/** Electron where it can be shown; a port or no window at all can only be had from the server. */
async function run({ dataFolder, port, open }: WindowArguments): Promise<number> {
  const electron = findElectron(ROOT);
  if (electron && hasDisplay() && open && port === undefined) {
    return runElectron(electron, dataFolder);
  }
  // In this process, so that a signal to it reaches the server; it reads the same arguments.
  await import(pathToFileURL(join(ROOT, 'out/main/browser.js')).href);
  return 0;
}

async function runElectron(electron: string, dataFolder: string | undefined): Promise<number> {
  const args = dataFolder === undefined ? [] : [`--data=${resolve(dataFolder)}`];
  const child = spawn(electron, [ROOT, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal));
  }
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

try {
  const args = windowArguments(process.argv.slice(2));
  if (args.help) console.log(USAGE);
  else process.exitCode = build() || (await run(args));
} catch (error) {
  console.error(faultText(error));
  process.exitCode = exitCodeOf(error);
}
