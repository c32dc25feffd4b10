import { LONGEST_NAME, LONGEST_SYMBOL } from '../domain/limits.ts';
import { utcSeconds } from './units.ts';
import { CodedError } from './errors.ts';
import { z } from 'zod';

/** Entries at the bars of a series that open in [from, to). */
export const span = z.object({ series: z.string(), from: utcSeconds, to: utcSeconds });
export type Span = z.infer<typeof span>;

/** Minutes of each timeframe that bars can have. */
export const TIMEFRAMES = { M1: 1, M5: 5, M15: 15, M30: 30, H1: 60, H4: 240, D1: 1440 } as const;
export type Timeframe = keyof typeof TIMEFRAMES;
const TIMEFRAME_NAMES = Object.keys(TIMEFRAMES) as [Timeframe, ...Timeframe[]];
export const timeframe = z.enum(TIMEFRAME_NAMES);
/** The timeframe whose bars are so many seconds long, or null. */
export const timeframeOf = (seconds: number): Timeframe | null =>
  TIMEFRAME_NAMES.find((name) => TIMEFRAMES[name] * 60 === seconds) ?? null;

/** Which clock a file's times are on: UTC, New York + 7 h (MetaTrader servers), or a fixed offset. */
export const clock = z.union([
  z.literal('utc'),
  z.literal('new-york-close'),
  z.string().regex(/^[+-](0\d|1[0-4]):[0-5]\d$/),
]);
export type Clock = z.infer<typeof clock>;
export const clockChoice = z.union([z.literal('auto'), clock]);
export type ClockChoice = z.infer<typeof clockChoice>;

export const seriesInfo = z.object({
  name: z.string(),
  symbol: z.string(),
  timeframe,
  bars: z.number().int(),
  from: utcSeconds,
  to: utcSeconds,
  clock,
  /** True for the bundled synthetic demo. */
  synthetic: z.boolean(),
});
export type SeriesInfo = z.infer<typeof seriesInfo>;

/** A columnar piece of a series for the chart; `first` is the index of its first bar. */
export const barColumns = z.object({
  first: z.number().int(),
  time: z.array(z.number()),
  open: z.array(z.number()),
  high: z.array(z.number()),
  low: z.array(z.number()),
  close: z.array(z.number()),
});
export type BarColumns = z.infer<typeof barColumns>;

/** Bars that the market was open for and that are not there; a holiday looks the same. */
export const gap = z.object({
  missing: z.number().int(),
  /** Opening of the bar after them. */
  before: utcSeconds,
});

/** How a candle file is to be read. */
export const importSettings = z.object({
  name: z.string().trim().min(1).max(LONGEST_NAME).optional(),
  symbol: z.string().trim().min(1).max(LONGEST_SYMBOL),
  timeframe: timeframe.optional(),
  clock: clockChoice,
});
export type ImportSettings = z.infer<typeof importSettings>;

export const importProblem = z.object({
  code: z.string(),
  /** 1-based line of the file; 0 for the file as a whole. */
  line: z.number().int(),
  /** What is wrong, in a sentence. */
  text: z.string(),
  /** What to do about it. */
  next: z.string(),
});
export type ImportProblem = z.infer<typeof importProblem>;

/** What a dry run found. A file with problems is not imported. */
export const importReport = z.object({
  fileName: z.string(),
  bytes: z.number().int(),
  lines: z.number().int(),
  /** The format's name, such as "MetaTrader 5 export"; null where none fits. */
  format: z.string().nullable(),
  timeframe: timeframe.nullable(),
  clock: clock.nullable(),
  /** Why this clock: the evidence, in a sentence. */
  clockEvidence: z.string(),
  name: z.string(),
  symbol: z.string(),
  bars: z.number().int(),
  from: utcSeconds.nullable(),
  to: utcSeconds.nullable(),
  /** Runs of missing bars inside trading weeks; not a problem, but to be known. */
  gaps: z.number().int(),
  /** What was left out or turned round, in a sentence each; no problem, but to be known. */
  notes: z.array(z.string()),
  preview: z.array(
    z.object({
      line: z.number().int(),
      time: utcSeconds,
      open: z.number(),
      high: z.number(),
      low: z.number(),
      close: z.number(),
      volume: z.number(),
    }),
  ),
  /** At most 200, in line order; `problemCount` is the whole number. */
  problems: z.array(importProblem),
  problemCount: z.number().int(),
  /** Bars that are already stored under this name with the same values: importing adds the rest. */
  alreadyStored: z.number().int(),
});
export type ImportReport = z.infer<typeof importReport>;

/** Why a file with problems was not imported: its first problem and how many there are. */
export function refusedImport({ problems, problemCount }: ImportReport): CodedError {
  const { line, text, next } = problems[0]!;
  const place = line > 0 ? `Line ${line}: ${text}` : text;
  return new CodedError('import-refused', { count: problemCount, problem: place, next });
}
