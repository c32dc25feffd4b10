import { parseArguments, helpOf, type Command } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { showProgress } from './progress.ts';
import { CodedError, faultOf } from '../../contract/errors.ts';

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

function tell(error: unknown, json: boolean, name: string): number {
  const fault = faultOf(error);
  const badArguments = fault.code === 'bad-argument';
  if (json) console.error(JSON.stringify({ error: fault }));
  else if (badArguments) console.error(`size-picker${name && ` ${name}`}: ${fault.happened}`);
  else console.error(`${fault.happened}\n${fault.means}\n${fault.next}`);
  return badArguments ? BAD_ARGUMENTS : FAILED;
}

async function main(words: readonly string[]): Promise<number> {
  if (words.length === 0 || words[0] === '--help' || words[0] === 'help') {
    console.log(overview());
    return words.length === 0 ? BAD_ARGUMENTS : 0;
  }
  const json = words.includes('--json');
  let name = '';
  try {
    const { command, rest } = find(words);
    name = command.name;
    const parsed = parseArguments(command, rest);
    if (parsed.help) {
      console.log(helpOf(command));
      return 0;
    }
    const interrupt = new AbortController();
    process.once('SIGINT', () => interrupt.abort(new CodedError('cancelled')));
    await command.run({
      options: parsed.options,
      files: parsed.files,
      dataFolder: parsed.dataFolder,
      print: (result, asText) => console.log(json ? JSON.stringify(result) : asText(result)),
      progress: json ? () => undefined : showProgress,
      words: ['size-picker', ...words].join(' '),
      signal: interrupt.signal,
    });
    return 0;
  } catch (error) {
    return tell(error, json, name);
  }
}

process.exitCode = await main(process.argv.slice(2));
