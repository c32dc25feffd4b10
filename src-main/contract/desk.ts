import { PLANNED_HOLDING } from '../domain/limits.ts';
import { SIZE_COUNT } from '../domain/size.ts';
import { z } from 'zod';
import { anyAppetite, appetite, brokerRules, policy, sizeOutcome, stopOutRule } from './account.ts';
import { exitRule } from './exits.ts';
import { modelInfo, modelKind, riskCurve } from './models.ts';
import { barColumns, clockChoice, gap, seriesInfo, timeframe } from './series.ts';
import {
  direction,
  fraction,
  money,
  ounces,
  sizeIndex,
  usdPerOunce,
  utcSeconds,
  within,
} from './units.ts';

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
  holding: within(PLANNED_HOLDING).nullable(),
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
  outcomes: z.array(sizeOutcome).length(SIZE_COUNT),
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

/** Everything the window needs of one closed bar to settle the ladder by itself. */
export const deskBar = z.object({
  series: seriesInfo,
  /** Index of the decision bar; the last one is series.bars - 1. */
  bar: z.number().int(),
  time: utcSeconds,
  /** When the decision bar closed: the moment that the curve speaks of. */
  closedAt: utcSeconds,
  close: usdPerOunce,
  /** Mean true range of the last 14 bars (Wilder); null with fewer. */
  atr: usdPerOunce.nullable(),
  /** Step that the series is stored in; `series` is told in the step that was asked for. */
  storedAs: timeframe,
  /** The rule that the model's training trades ended by; null without a model. */
  exitRule: exitRule.nullable(),
  /** Periods of the two averages that the model's exit rule reads; null for other rules. */
  averages: z.object({ fast: z.number().int(), slow: z.number().int() }).nullable(),
  /** Bars since the exit rule's fast average last crossed its slow one, and the side it is on. */
  signal: z.object({ side: direction, bars: z.number().int() }).nullable(),
  model: modelInfo.nullable(),
  /** Step of the bars that the model was trained on; null where it has no name here. */
  trainedOn: timeframe.nullable(),
  curves: z.object({ long: riskCurve, short: riskCurve }).nullable(),
  /** Why there are no curves. */
  missing: z.object({ needed: z.number().int(), loaded: z.number().int() }).nullable(),
  /** The newest hole in the candles that the model looks at. */
  gap: gap.nullable(),
  /** Of decisions on this instrument that had ended by this bar, whether each was liquidated. */
  resolved: z.object({ long: z.array(z.boolean()), short: z.array(z.boolean()) }),
});
export type DeskBar = z.infer<typeof deskBar>;
export type Averages = NonNullable<DeskBar['averages']>;

export const decisionInput = z.object({
  series: z.string(),
  /** Step of the bars that it was made on; null for the step that the series is stored in. */
  timeframe: timeframe.nullable().default(null),
  bar: z.number().int(),
  direction,
  equity: money,
  rules: brokerRules,
  appetite,
  policy,
});

export type DecisionInput = z.infer<typeof decisionInput>;

/** A decision as it was recorded: with the rules, the model and the numbers of that moment. */
export const recordedDecision = decisionInput.extend({
  id: z.number().int(),
  recordedAt: utcSeconds,
  closedAt: utcSeconds,
  price: usdPerOunce,
  model: z.string(),
  limit: fraction,
  /** Null: stood aside. */
  size: sizeIndex.nullable(),
  pLiquidation: fraction.nullable(),
  liquidationPrice: usdPerOunce.nullable(),
});
export type RecordedDecision = z.infer<typeof recordedDecision>;

/** A recommendation that is asked for at the terminal: on a stored series or a file that is not stored. */
export const recommendationPlan = z.object({
  bars: z.union([
    z.object({ series: z.string() }),
    z.object({ file: z.string().min(1), clock: clockChoice }),
  ]),
  /** At the last bar that had closed by then; null for the newest. */
  at: utcSeconds.nullable(),
  direction,
  equity: money,
  rules: brokerRules,
  appetite: anyAppetite,
  policy: decisionInput.shape.policy,
});
export type RecommendationPlan = z.infer<typeof recommendationPlan>;

/** In ounces and ISO times, as the command line prints it: people script its fields. */
export const recommendation = z.object({
  /** Null: stand aside. */
  recommended: z
    .object({ size: ounces, pLiquidation: fraction.nullable(), liquidationPrice: usdPerOunce })
    .nullable(),
  reason: z
    .enum(['no-margin', 'all-over-limit', 'no-curve', 'too-few-bars', 'no-model'])
    .nullable(),
  why: z.string(),
  warning: z.string().nullable(),
  firstOver: z.object({ size: ounces, pLiquidation: fraction.nullable() }).nullable(),
  otherPolicy: z.object({ size: ounces }).nullable(),
  policy: decisionInput.shape.policy,
  threshold: fraction,
  /** Null where it does not apply: V2's penalty is its margin of safety. */
  safetyFactor: fraction.nullable(),
  limit: fraction,
  equity: money,
  direction,
  price: usdPerOunce,
  leverage: z.number(),
  stopOut: stopOutRule,
  ladder: z.array(
    z.object({
      size: ounces,
      feasible: z.boolean(),
      pLiquidation: fraction.nullable(),
      expectedReturn: fraction.nullable(),
      liquidationPrice: usdPerOunce,
      leverage: z.number(),
    }),
  ),
  model: z
    .object({ name: z.string(), kind: modelKind, exit: z.string(), trainedAt: z.string() })
    .nullable(),
  series: z.string(),
  asOf: z.string(),
});
export type Recommendation = z.infer<typeof recommendation>;
