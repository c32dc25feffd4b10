import { parseArguments, helpOf, type Command } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { showProgress } from './progress.ts';
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
    await command.run({
      options: parsed.options,
      files: parsed.files,
      dataFolder: parsed.dataFolder,
      print: (result, asText) => terminal.log(json ? JSON.stringify(result) : asText(result)),
      progress: json ? () => undefined : showProgress,
      words: ['size-picker', ...words].join(' '),
      signal,
    });
    return 0;
  } catch (error) {
    const fault = faultOf(error);
    terminal.error(json ? JSON.stringify({ error: fault }) : textOf(fault, name));
    return fault.code === 'bad-argument' ? BAD_ARGUMENTS : FAILED;
  }
}
