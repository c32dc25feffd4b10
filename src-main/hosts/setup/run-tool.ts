import { spawnSync } from 'node:child_process';

/** Lines of a failed program's errors that are worth repeating. */
const LINES_TOLD = 3;

/** Run a program of this system. Throws an Error that says what is missing or went wrong. */
export function runTool(program: string, words: readonly string[]): void {
  const { error, status, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  if (error) throw new Error(`${program} could not be started (${error.message}).`);
  if (status === 0) return;
  const last = stderr.trim().split('\n').slice(-LINES_TOLD).join('\n');
  throw new Error(`${program} ${words.slice(0, 3).join(' ')} failed:\n${last}`);
}
