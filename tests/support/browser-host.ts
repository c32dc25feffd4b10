import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BROWSER_HOST = fileURLToPath(new URL('../../out/main/browser.js', import.meta.url));

/** Starts the built browser host as a process of its own. */
export function startHost(args: string[], env: NodeJS.ProcessEnv = process.env) {
  return spawn(process.execPath, [BROWSER_HOST, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The one-time address that a host prints once it serves. */
export async function printedAddress(output: NodeJS.ReadableStream): Promise<string> {
  const printed: string[] = [];
  for await (const line of createInterface({ input: output })) {
    const address = /^Size Picker is ready at (\S+)$/.exec(line)?.[1];
    if (address) return address;
    printed.push(line);
  }
  throw new Error(`The app ended without printing its address. It said:\n${printed.join('\n')}`);
}
