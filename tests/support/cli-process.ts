import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src-main/hosts/cli/main.ts', import.meta.url));

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line as a process of its own, as a person's shell would. */
export function startCli(...words: string[]) {
  const node = ['--disable-warning=ExperimentalWarning', MAIN, ...words];
  let told: (result: CliResult) => void;
  const ended = new Promise<CliResult>((resolve) => (told = resolve));
  const child = execFile(
    process.execPath,
    node,
    { maxBuffer: 64 * 2 ** 20 },
    (error, stdout, stderr) => told({ code: error ? Number(error.code) : 0, stdout, stderr }),
  );
  return { child, ended };
}

export const cliProcess = (...words: string[]): Promise<CliResult> => startCli(...words).ended;

/** The JSON that a command of a process of its own prints. */
export async function cliProcessJson<Result>(...words: string[]): Promise<Result> {
  return answerOf<Result>(words, await cliProcess(...words, '--json'));
}

/** What a command printed as JSON; one that failed is an error with what it said. */
export function answerOf<Result>(words: readonly string[], told: CliResult): Result {
  const { code, stdout, stderr } = told;
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Result;
}
