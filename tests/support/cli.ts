import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src-main/hosts/cli/main.ts', import.meta.url));

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a process of its own, as a person's shell would. */
export function cli(...words: string[]): Promise<CliResult> {
  const node = ['--disable-warning=ExperimentalWarning', MAIN, ...words];
  return new Promise((resolve) => {
    execFile(process.execPath, node, { maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** The JSON that a command prints; a command that fails is an error with what it said. */
export async function cliJson<Result>(...words: string[]): Promise<Result> {
  const { code, stdout, stderr } = await cli(...words, '--json');
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Result;
}
