import { fill, type ErrorDetails } from '../contract/errors.ts';
import type { ImportProblem } from '../contract/series.ts';

/** Problems listed in a report; the rest is counted. */
const LISTED = 200;

/** What can be wrong with a candle file, and what to do about it. `{name}` comes from the details. */
export const IMPORT_PROBLEMS = {
  empty: {
    text: 'The file is empty.',
    next: 'Export the candles again and check that the file has a size.',
  },
  binary: {
    text: 'This is neither a text file nor a history of MetaTrader 4.',
    next: 'Export the candles as text (CSV) and import that file.',
  },
  'unknown-format': {
    text: 'The columns are not known. The first line reads: "{first}".',
    next: 'Export candles from MetaTrader, TradingView, Dukascopy, HistData, Stooq, Yahoo, Binance or OANDA, or name the columns time,open,high,low,close; a statement of trades is no candle file.',
  },
  'broken-json': {
    text: 'The JSON is cut off or damaged.',
    next: 'Ask the service for the candles again and save the whole answer.',
  },
  'no-candles': {
    text: 'The JSON holds no candles as OANDA answers them.',
    next: 'Save the whole answer of OANDA (v20) to a question for candles, or export candles as text.',
  },
  'missing-column': {
    text: 'No {column} column found. The first line reads: "{first}".',
    next: 'Name the columns time,open,high,low,close in the first line, or export the file again with all of them.',
  },
  'no-bars': {
    text: 'The file holds no bars.',
    next: 'Load the history in the chart first, then export it again.',
  },
  'cut-line': {
    text: 'The line ends after {found} of {wanted} columns.',
    next: 'The file was cut off: export it again, or delete this line.',
  },
  'extra-columns': {
    text: 'The line has {found} columns; the first line has {wanted}.',
    next: 'If amounts are written with a comma (1.313,17 or 1,313.17), export them with a point only.',
  },
  'cut-bar': {
    text: 'The file ends within this bar.',
    next: 'Close MetaTrader, so that it writes the file to its end, and import it again.',
  },
  'decimal-comma': {
    text: 'The {column} "{cell}" is written with a comma.',
    next: 'Export amounts with a decimal point and without thousands separators.',
  },
  'bad-number': {
    text: 'The {column} "{cell}" is not an amount.',
    next: 'Correct or delete the line, or export the file again.',
  },
  'bad-time': {
    text: 'The time "{cell}" cannot be read.',
    next: 'Times are read as 2024-01-31 23:00 or 2024.01.31 23:00:00, with an offset from UTC or without, or as seconds from 1970, all of a file in one form.',
  },
  'price-not-positive': {
    text: 'The {column} {price} is not above zero.',
    next: 'Correct or delete the line, or export the file again.',
  },
  'high-below-low': {
    text: 'The high {high} is below the low {low}.',
    next: 'Correct or delete the line, or export the file again.',
  },
  'outside-range': {
    text: 'The {column} {price} lies outside the low {low} and the high {high}.',
    next: 'Correct or delete the line, or export the file again.',
  },
  'time-back': {
    text: 'Time goes back, from {before} to {time}.',
    next: 'Sort the file by time, oldest first, and import it again.',
  },
  'time-forth': {
    text: 'The newest bar comes first, but here time goes on, from {before} to {time}.',
    next: 'Sort the file by time and import it again.',
  },
  'duplicate-bar': {
    text: 'The bar of {time} is there twice.',
    next: 'Delete one of the two lines.',
  },
  'step-change': {
    text: 'The bars change step: lines {from} to {to} are {other} bars, the others {own}.',
    next: 'Delete lines {from} to {to}, or import them as a series of their own.',
  },
  'off-step': {
    text: 'The bar of {time} comes {minutes} minutes after the one before it; the bars are {own}.',
    next: 'Delete the bars that are not {own}, or export the file again.',
  },
  'timeframe-differs': {
    text: 'The bars are {found}, not {asked}.',
    next: 'Choose {found}, or the file that holds {asked} bars.',
  },
  'timeframe-unknown': {
    text: '{why}',
    next: 'Import bars of M1, M5, M15, M30, H1, H4 or D1.',
  },
  'flat-bars': {
    text: 'Every bar has open = high = low = close, so no drawdown can be read from it.',
    next: 'Export the candles with their highs and lows.',
  },
  'clock-unknown': {
    text: 'The clock of the times cannot be told. {why}',
    next: 'Choose it (--clock on the command line): new-york-close (most MetaTrader brokers), utc, or an offset such as +02:00.',
  },
  'clock-misfit': {
    text: '{time} falls in the hour that New York skips or repeats at its daylight-saving change.',
    next: 'The file is not on the New York close clock: choose another (--clock on the command line).',
  },
} as const;

export type ProblemCode = keyof typeof IMPORT_PROBLEMS;

/** The problems of one file as they are found. */
export class Problems {
  #found: ImportProblem[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** `line` is 1-based; 0 speaks of the file as a whole and is never crowded out of the list. */
  add(code: ProblemCode, line: number, details: ErrorDetails = {}): void {
    this.#count += 1;
    if (line > 0 && this.#found.length >= LISTED) return;
    const { text, next } = IMPORT_PROBLEMS[code];
    this.#found.push({ code, line, text: fill(text, details), next: fill(next, details) });
  }

  /** In line order, at most 200. */
  list(): ImportProblem[] {
    return this.#found.toSorted((a, b) => a.line - b.line).slice(0, LISTED);
  }
}
