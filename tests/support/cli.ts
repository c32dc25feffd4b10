import { run } from '../../src-main/hosts/cli/run.ts';
import { answerOf, type CliResult } from './cli-process.ts';

/** Runs the command line in this process: all of it but the process itself (see cli-process.ts). */
export async function cli(...words: string[]): Promise<CliResult> {
  const told = { stdout: '', stderr: '' };
  const terminal = {
    log: (text: string) => void (told.stdout += `${text}\n`),
    error: (text: string) => void (told.stderr += `${text}\n`),
  };
  const code = await run(words, terminal, new AbortController().signal);
  return { code, ...told };
}

/** The JSON that a command prints; a command that fails is an error with what it said. */
export async function cliJson<Result>(...words: string[]): Promise<Result> {
  return answerOf<Result>(words, await cli(...words, '--json'));
}
