import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A real process of this project's code, to be killed without a word. */
export class ChildProcess {
  readonly pid: number;
  readonly #exited: Promise<unknown>;

  private constructor(pid: number, exited: Promise<unknown>) {
    this.pid = pid;
    this.#exited = exited;
  }

  /** Start tests/support/children/`script` and wait until it has written `word`. */
  static async start(script: string, input: readonly string[], word: string) {
    const path = join(import.meta.dirname, 'children', script);
    const child = spawn(process.execPath, [path, ...input], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    let written = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (data: Buffer) => {
        written += data.toString();
        if (written.includes(word)) resolve();
      });
      exited.then(() => reject(new Error(`${script} ended: ${written}`)), reject);
    });
    return new ChildProcess(child.pid!, exited);
  }

  /** Kill it on the spot (SIGKILL) and wait until it is gone. */
  async kill(): Promise<void> {
    process.kill(this.pid, 'SIGKILL');
    await this.#exited;
  }
}
