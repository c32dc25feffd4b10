import type { ExitChoice } from '../domain/exit-rule.ts';

/** An option of the command line with its value, as a shell reads it back. */
export const option = (name: string, value: string) => `--${name}=${quoted(value)}`;

const quoted = (word: string) =>
  /^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** An exit rule as `--exit` takes it: its name, or `own:TRADES:BARS,BARS,…`. */
export const exitWord = (exit: ExitChoice) =>
  typeof exit === 'string' ? exit : `own:${exit.trades}:${exit.holding.join(',')}`;
