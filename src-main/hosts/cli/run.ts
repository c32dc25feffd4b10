import { parseArguments, helpOf, type Ask, type Command } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { showProgress } from './progress.ts';
import { openApp, type App } from '../../app/open-app.ts';
import { callOf, type Caller, type CallOutput } from '../../contract/calls.ts';
import { CodedError, faultOf, type Fault } from '../../contract/errors.ts';

/** Exit codes: 0 done, 1 the work failed, 2 the words were wrong. */
const FAILED = 1;
const BAD_ARGUMENTS = 2;

const overview = () =>
  [
    'size-picker COMMAND [options]',
    '',
    'The largest gold position that survives the drawdown on the way.',
    '',
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(16)} ${summary}`),
    '',
    'size-picker COMMAND --help tells the options of a command. Times are UTC.',
  ].join('\n');

function find(words: readonly string[]): { command: Command; rest: readonly string[] } {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = COMMANDS.find((candidate) => candidate.name === name);
    if (command) return { command, rest: words.slice(length) };
  }
  const longer = COMMANDS.filter(({ name }) => name.startsWith(`${words[0]} `));
  const problem =
    longer.length > 0
      ? `"${words[0]}" needs one more word: ${longer.map(({ name }) => name).join(' or ')}.`
      : `There is no command "${words[0]}"; size-picker --help lists them.`;
  throw new CodedError('bad-argument', { problem });
}

/** One line where the words of `name` were wrong. */
function textOf({ code, happened, means, next }: Fault, name: string): string {
  if (code === 'bad-argument') return `size-picker${name && ` ${name}`}: ${happened}`;
  return `${happened}\n${means}\n${next}`;
}

/** Calls as commands make them: the contract parses what the words came to. */
function askIn(app: App, progress: typeof showProgress, signal: AbortSignal): Ask {
  return async (name, input, shown) => {
    const parsed = callOf(name).in.safeParse(input);
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0]!;
      const option = path.findLast((step) => typeof step === 'string') ?? name;
      throw new CodedError('bad-argument', { problem: `--${option}: ${message}.` });
    }
    const handler = app.handlers[name] as (
      input: unknown,
      caller: Partial<Caller>,
    ) => Promise<CallOutput<typeof name>>;
    return handler(parsed.data, {
      signal,
      onProgress: (done, total, of) => progress(of ?? shown?.label ?? '', done, total, shown?.unit),
    });
  };
}

/**
 * Runs the command that the words ask for, with its answer and its faults told on the terminal.
 * Gives the exit code. Once `signal` is aborted the work ends.
 */
export async function run(
  words: readonly string[],
  terminal: Pick<Console, 'log' | 'error'>,
  signal: AbortSignal,
): Promise<number> {
  if (words.length === 0 || words[0] === '--help' || words[0] === 'help') {
    terminal.log(overview());
    return words.length === 0 ? BAD_ARGUMENTS : 0;
  }
  const json = words.includes('--json');
  let name = '';
  try {
    const { command, rest } = find(words);
    name = command.name;
    const parsed = parseArguments(command, rest);
    if (parsed.help) {
      terminal.log(helpOf(command));
      return 0;
    }
    const app = await openApp({
      dataFolder: parsed.dataFolder,
      readonly: !command.writes(parsed.options),
      shell: 'command-line',
    });
    try {
      await command.run({
        options: parsed.options,
        files: parsed.files,
        call: askIn(app, json ? () => undefined : showProgress, signal),
        print: (result, asText) => terminal.log(json ? JSON.stringify(result) : asText(result)),
      });
    } finally {
      await app.close();
    }
    return 0;
  } catch (error) {
    const fault = faultOf(error);
    terminal.error(json ? JSON.stringify({ error: fault }) : textOf(fault, name));
    return fault.code === 'bad-argument' ? BAD_ARGUMENTS : FAILED;
  }
}
