import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { CodedError } from '../../contract/errors.ts';
import type { CallName, CallOutput, CallRequest } from '../../contract/calls.ts';

/** One option of a command; a flag where it takes no value. */
export interface Option<Value> {
  readonly takes: string | null;
  readonly help: string;
  readonly schema: z.ZodType<Value, string | boolean | undefined>;
}

type Values<Options> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never;
};

export type Ask = <Name extends CallName>(
  name: Name,
  input: CallRequest<Name>,
  shown?: { readonly label: string; readonly unit?: string },
) => Promise<CallOutput<Name>>;

/** What every command is given beside its own options. */
export interface Invocation<Options> {
  readonly options: Values<Options>;
  readonly files: readonly string[];
  /** Asks the app that has the data folder open; `shown` names the work in the line of progress. */
  readonly call: Ask;
  /** Print the result: as JSON with `--json`, else as text made from it. */
  readonly print: <Result>(result: Result, asText: (result: Result) => string) => void;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Names of the files that stand without a dash, such as FILE. */
  readonly files: readonly string[];
  readonly options: Readonly<Record<string, Option<unknown>>>;
  /** Whether it needs the data folder for itself; else another app may have it open. */
  readonly writes: (options: Readonly<Record<string, unknown>>) => boolean;
  readonly run: (invocation: Invocation<Record<string, Option<unknown>>>) => Promise<void>;
}

/** Declares a command; inside `run` each option has the type that its schema gives it. */
export function command<Options extends Readonly<Record<string, Option<unknown>>>>(declared: {
  readonly name: string;
  readonly summary: string;
  readonly files?: readonly string[];
  readonly options: Options;
  readonly writes?: true | ((options: Values<Options>) => boolean);
  readonly run: (invocation: Invocation<Options>) => Promise<void>;
}): Command {
  const { files = [], writes = () => false } = declared;
  return {
    ...declared,
    files,
    writes: (writes === true ? () => true : writes) as Command['writes'],
    run: declared.run as Command['run'],
  };
}

const COMMON = {
  json: { takes: null, help: 'print the result as JSON' },
  data: { takes: 'DIR', help: "data folder (default: the user's own)" },
  help: { takes: null, help: 'print this text' },
} as const;

export interface ParsedArguments {
  readonly options: Record<string, unknown>;
  readonly files: readonly string[];
  readonly json: boolean;
  readonly help: boolean;
  readonly dataFolder: string | null;
}

const wrong = (problem: string) => new CodedError('bad-argument', { problem });

/** Reads the words after a command's name; anything that does not fit is a `bad-argument`. */
export function parseArguments(command: Command, words: readonly string[]): ParsedArguments {
  const table = { ...command.options, ...COMMON };
  const { tokens } = parseArgs({
    args: joinNegatives(words, table),
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(table).map(([name, { takes }]) => [
        name,
        { type: takes === null ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
  });
  const given = new Map<string, string | boolean>();
  const files: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value);
    if (token.kind !== 'option') continue;
    if (!Object.hasOwn(table, token.name)) throw wrong(`There is no option ${token.rawName}.`);
    if (given.has(token.name)) throw wrong(`--${token.name} is given twice.`);
    const { takes } = table[token.name as keyof typeof table]!;
    if (takes !== null && token.value === undefined) {
      throw wrong(`--${token.name} needs a value (${takes}).`);
    }
    if (takes === null && token.value !== undefined) {
      throw wrong(`--${token.name} takes no value.`);
    }
    given.set(token.name, token.value ?? true);
  }
  const help = given.has('help');
  const options: Record<string, unknown> = {};
  if (!help) {
    if (files.length > command.files.length) {
      throw wrong(`"${files[command.files.length]}" is one word too many.`);
    }
    if (files.length < command.files.length)
      throw wrong(`${command.files[files.length]} is missing.`);
    for (const [name, { schema }] of Object.entries(command.options)) {
      const parsed = schema.safeParse(given.get(name));
      if (!parsed.success) {
        const value = given.get(name);
        const got = value === undefined ? '' : `, not "${String(value)}"`;
        throw wrong(`--${name} ${parsed.error.issues[0]!.message}${got}.`);
      }
      options[name] = parsed.data;
    }
  }
  const data = given.get('data');
  return {
    options,
    files,
    help,
    json: given.has('json'),
    dataFolder: typeof data === 'string' ? data : null,
  };
}

/** `--clock -05:00` is a value, though it begins with a dash. */
function joinNegatives(
  words: readonly string[],
  table: Readonly<Record<string, { takes: string | null }>>,
): string[] {
  const joined: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const [word, next] = [words[i]!, words[i + 1]];
    const takes = word.startsWith('--') && table[word.slice(2)]?.takes;
    if (takes && next !== undefined && /^-\d/.test(next)) {
      joined.push(`${word}=${next}`);
      i++;
    } else joined.push(word);
  }
  return joined;
}

/** The text of `--help`. */
export function helpOf(command: Command): string {
  const rows = Object.entries({ ...command.options, ...COMMON }).map(
    ([name, { takes, help }]) => [`--${name}${takes === null ? '' : ` ${takes}`}`, help] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    `size-picker ${[command.name, ...command.files].join(' ')} [options]`,
    '',
    `${command.summary}`,
    '',
    ...rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`),
  ].join('\n');
}
