import { z } from 'zod';
import type { ExitRule } from '../domain/exit-rule.ts';
import type { Fraction, Money, SizeIndex, UsdPerOunce, UtcSeconds } from '../domain/units.ts';

/** Units survive the boundary: the schema checks the number, the type keeps the unit. */
const unit = <U extends number>(schema: z.ZodNumber) => schema as unknown as z.ZodType<U, U>;

export const money = unit<Money>(z.number().finite().positive());
export const usdPerOunce = unit<UsdPerOunce>(z.number().finite());
export const utcSeconds = unit<UtcSeconds>(z.number().int());
export const fraction = unit<Fraction>(z.number().finite());
export const sizeIndex = unit<SizeIndex>(z.number().int().min(1).max(30));
export const direction = z.enum(['long', 'short']);

/** Minutes of each timeframe that bars can have. */
export const TIMEFRAMES = { M1: 1, M5: 5, M15: 15, M30: 30, H1: 60, H4: 240, D1: 1440 } as const;
export type Timeframe = keyof typeof TIMEFRAMES;
export const timeframe = z.enum(Object.keys(TIMEFRAMES) as [Timeframe, ...Timeframe[]]);

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

export const stopOutRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('equity'), fraction: unit<Fraction>(z.number().min(0).lt(1)) }),
  z.object({ kind: z.literal('margin'), level: unit<Fraction>(z.number().min(0).max(1)) }),
]);

export const brokerRules = z.object({
  leverage: z.number().min(1).max(1000),
  stopOut: stopOutRule,
  costs: z.object({
    spread: unit<UsdPerOunce>(z.number().min(0)),
    commissionPerSide: unit<UsdPerOunce>(z.number().min(0)),
    swapPerNight: z.object({ long: usdPerOunce, short: usdPerOunce }),
  }),
  negativeBalanceProtection: z.boolean(),
});

const period = z.number().int().min(2).max(2_000);
const cap = z.number().int().min(2).max(10_000);
export const exitRule: z.ZodType<ExitRule> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cross'), fast: period, slow: period, cap }),
  z.object({ kind: z.literal('trend'), fast: period, slow: period, cap }),
  z.object({
    kind: z.literal('rsi'),
    period,
    high: z.number().gt(0).lt(100),
    low: z.number().gt(0).lt(100),
    cap,
  }),
  z.object({ kind: z.literal('hold'), shortest: z.number().int().min(1), cap }),
]);

export const appetite = z.object({
  threshold: unit<Fraction>(z.number().min(0.01).max(0.25)),
  safetyFactor: unit<Fraction>(z.number().gt(0).max(1)),
});

/** What the window remembers from one start to the next. */
export const settings = z.object({
  equity: unit<Money>(z.number().min(20).max(100_000)),
  appetite,
  rules: brokerRules,
  direction,
  policy: z.enum(['largest-safe', 'best-return']),
  theme: z.enum(['dark', 'light', 'system']),
  /** Name of the series on the desk; null until one is chosen. */
  series: z.string().nullable(),
});
export type Settings = z.infer<typeof settings>;
export const settingsPatch = settings.partial();
export type SettingsPatch = z.infer<typeof settingsPatch>;

export const riskCurve = z.object({
  reference: z.number(),
  cumulativeHazard: z.array(z.number()).readonly(),
  meanReturn: z.array(z.number()).readonly(),
});

export const modelInfo = z.object({
  name: z.string(),
  kind: z.enum(['v1', 'v2', 'v3']),
  /** Exit rule that its training trades ended by, as it is read: "cross 32/128". */
  exit: z.string(),
  trainedAt: utcSeconds,
  trades: z.number().int(),
  inUse: z.boolean(),
  bundled: z.boolean(),
});
export type ModelInfo = z.infer<typeof modelInfo>;

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
});
export type DeskBar = z.infer<typeof deskBar>;
export type Averages = NonNullable<DeskBar['averages']>;

export const decisionInput = z.object({
  series: z.string(),
  bar: z.number().int(),
  direction,
  equity: money,
  rules: brokerRules,
  appetite,
  policy: z.enum(['largest-safe', 'best-return']),
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

/** How a candle file is to be read. */
export const importSettings = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  symbol: z.string().trim().min(1).max(32),
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
