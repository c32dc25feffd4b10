import { z } from 'zod';
import {
  barColumns,
  brokerRules,
  direction,
  exitRule,
  fraction,
  money,
  sizeIndex,
  sizeOutcome,
  timeframe,
  usdPerOunce,
  utcSeconds,
} from './schemas.ts';

/** A position entered at the close of bar `entry`, followed by what bars up to `upTo` show. */
export const followPlan = z.object({
  series: z.string(),
  timeframe: timeframe.nullable(),
  entry: z.number().int().min(0),
  /** No later bar is looked at. */
  upTo: z.number().int().min(0),
  direction,
  equity: money,
  rules: brokerRules,
  rule: exitRule,
  /** Bars to hold, for a `hold` rule; null for the middle of its range. */
  holding: z.number().int().min(1).nullable(),
});
export type FollowPlan = z.infer<typeof followPlan>;

export const followedTrade = z.object({
  /** Bar and time of the exit signal (or the rule's cap); null where it has not come by `upTo`. */
  exit: z.object({ bar: z.number().int(), closedAt: utcSeconds }).nullable(),
  /** Last bar that counted: the exit, or `upTo`. */
  last: z.number().int(),
  entryPrice: usdPerOunce,
  /** Worst price against the position so far, and where it stands at `last`, as shares of the entry price. */
  adverse: fraction,
  move: fraction,
  /** For each of the 30 sizes, smallest first; settled where `exit` has come, as they stand otherwise. */
  outcomes: z.array(sizeOutcome).length(30),
  /** The feasible size with the highest return; null where none is feasible. */
  best: sizeIndex.nullable(),
  /** Candles of the model's window, the entry, and on to the exit; null before it has come. */
  bars: barColumns.nullable(),
});
export type FollowedTrade = z.infer<typeof followedTrade>;

/** How long trades of a rule lasted on a series, of those that had ended by a bar. */
export const holdingHistory = z.object({
  trades: z.number().int(),
  /** Bars from entry to exit: a tenth, half and nine tenths of the trades; null without trades. */
  bars: z.object({ low: z.number(), median: z.number(), high: z.number() }).nullable(),
});
export type HoldingHistory = z.infer<typeof holdingHistory>;
