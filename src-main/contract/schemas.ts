import { z } from 'zod';
import { LONGEST_HELD } from '../domain/exits/own-exits.ts';
import { SIZE_CLASSES } from '../domain/size-class.ts';
import type { ExitRule } from '../domain/exits/exit-rule.ts';
import type { RiskCurve } from '../domain/risk/risk-curve.ts';
import type {
  Fraction,
  Money,
  Ounces,
  SizeIndex,
  UsdPerOunce,
  UtcSeconds,
} from '../domain/units.ts';

/** Units survive the boundary: the schema checks the number, the type keeps the unit. */
const unit = <U extends number>(schema: z.ZodNumber) => schema as unknown as z.ZodType<U, U>;

export const money = unit<Money>(z.number().finite().positive());
export const usdPerOunce = unit<UsdPerOunce>(z.number().finite());
export const utcSeconds = unit<UtcSeconds>(z.number().int());
/** Of any position, on the ladder or not. */
export const ounces = unit<Ounces>(z.number().finite().positive());
export const fraction = unit<Fraction>(z.number().finite());
export const sizeIndex = unit<SizeIndex>(z.number().int().min(1).max(30));
export const direction = z.enum(['long', 'short']);
export const modelKind = z.enum(['v1', 'v2', 'v3']);
export type ModelKind = z.infer<typeof modelKind>;
export const exitName = z.enum(['cross', 'rsi', 'hold', 'trend']);
/** What a trader calls a dataset or a model. */
export const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(80, 'must have 80 characters at most')
  .regex(/^\P{C}*$/u, 'must not have control characters');
/** Entries at the bars of a series that open in [from, to). */
export const span = z.object({ series: z.string(), from: utcSeconds, to: utcSeconds });
export type Span = z.infer<typeof span>;

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
  // Records of before these were asked for keep what was assumed then.
  contractSize: unit<Ounces>(z.number().gt(0).max(100_000)).default(100 as Ounces),
  lotStep: z.number().gt(0).max(100).default(0.01),
  gapFill: z.enum(['open', 'trigger']).default('open'),
  otherMargin: unit<Money>(z.number().min(0).max(1e9)).default(0 as Money),
});

const period = z.number().int().min(2).max(2_000);
const cap = z.number().int().min(2).max(10_000);
const holding = z.number().int().min(1).max(LONGEST_HELD);
export const ownExit = z
  .object({
    kind: z.literal('own'),
    holding: z.array(holding).min(1).max(1_000).readonly(),
    trades: z.number().int().min(1),
    cap: holding,
  })
  .refine(
    ({ holding, cap }) => [...holding, cap].every((bars, i) => i === 0 || bars >= holding[i - 1]!),
    'holding times must rise to the cap',
  );
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
  ownExit,
]);
/** A rule by its name, or the trader's own. */
export const exitChoice = z.union([exitName, ownExit]);

export const appetite = z.object({
  threshold: unit<Fraction>(z.number().min(0.01).max(0.25)),
  safetyFactor: unit<Fraction>(z.number().gt(0).max(1)),
});

/** How the trader means to leave the next trade. */
export const exitPlan = z.object({
  exit: exitChoice,
  /** Bars that the trade is meant to last; null where the trader names none. */
  holding: z.number().int().min(1).max(10_000).nullable(),
});
export type ExitPlan = z.infer<typeof exitPlan>;

export const screen = z.enum(['desk', 'history', 'training', 'evaluate', 'data', 'settings']);

/** A time zone by its IANA name, such as "Europe/Berlin". */
export const timeZone = z.string().max(64).refine(isTimeZone, 'is not a time zone');

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

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
  /** Step of the bars on the desk; null for the step that the series is stored in. */
  timeframe: timeframe.nullable(),
  /** The screen that was shown last. */
  screen,
  exitPlan,
  timeZone,
});
export type Settings = z.infer<typeof settings>;
export const settingsPatch = settings.partial();
export type SettingsPatch = z.infer<typeof settingsPatch>;

const numbers = z.array(z.number()).readonly();
export const riskCurve: z.ZodType<RiskCurve> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hazard'),
    reference: z.number(),
    cumulativeHazard: numbers,
    meanReturn: numbers,
  }),
  z.object({ kind: z.literal('sizes'), leverages: numbers, p: numbers, meanReturn: numbers }),
]);

export const modelInfo = z.object({
  name: z.string(),
  kind: modelKind,
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

/** Bars that the market was open for and that are not there; a holiday looks the same. */
export const gap = z.object({
  missing: z.number().int(),
  /** Opening of the bar after them. */
  before: utcSeconds,
});

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

const perClass = z.object({ small: z.number(), mid: z.number(), big: z.number() });
/** A number for each class of trades by best size. */
export type PerClass = z.infer<typeof perClass>;

/** What a generated dataset is asked for with. */
export const generationPlan = z.object({
  /** `v2`: the five datasets of accepted classes; `natural`: one dataset of `name` as trades come. */
  kind: z.enum(['v2', 'natural']),
  /** Name of a natural dataset; those of v2 follow from their size. */
  name: name.nullable(),
  /** Trades of each class (v2), or of all (natural). */
  trades: z.number().int().min(1).max(10_000_000),
  exit: exitChoice,
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** Leverage that the simulated broker grants: it cuts the ladder. */
  leverage: z.number().min(1).max(1000),
  /** Name of the fitted market. */
  market: z.string(),
});
export type GenerationPlan = z.infer<typeof generationPlan>;

/** A stored dataset, without its trades. */
export const datasetInfo = z.object({
  name: z.string(),
  trades: z.number().int(),
  /** SHA-256 over the trades. */
  checksum: z.string(),
  /** Trades of each class. */
  mix: perClass,
  /** Natural share of each class over its share here: the sample weight of its trades. */
  weights: perClass,
  /** Share of each class among all trades that were simulated. */
  naturalShares: perClass,
  /** Trades that were simulated to find these. */
  simulated: z.number().int(),
  /** Bytes that the trades take in the store. */
  bytes: z.number().int(),
  /** As it is read: "cross 32/128". */
  exit: z.string(),
  seed: z.number().int(),
  leverage: z.number(),
  /** Name of the fitted market, and how often each of its generators is drawn. */
  market: z.string(),
  generators: z.object({ garch: z.number(), volatility: z.number(), bootstrap: z.number() }),
  generatorVersion: z.number().int(),
  /** The command that makes it. */
  command: z.string(),
  madeAt: utcSeconds,
});
export type DatasetInfo = z.infer<typeof datasetInfo>;

/** One trade of a dataset as a row of a table. */
export const datasetTrade = z.object({
  /** Number of the trade in the dataset, from 0. */
  row: z.number().int(),
  /** Number of the synthetic path, and bars of it. */
  path: z.number().int(),
  entry: z.number().int(),
  exit: z.number().int(),
  direction,
  entryPrice: usdPerOunce,
  equity: money,
  /** Effective leverage at 4.50 oz. */
  leverageMax: z.number(),
  mae: fraction,
  final: fraction,
  sizeClass: z.enum(SIZE_CLASSES),
  /** Best size in hindsight. */
  best: sizeIndex,
  /** Rungs that margin allows, and the largest of them that survives (0: none). */
  feasible: z.number().int(),
  survivors: z.number().int(),
});
export type DatasetTrade = z.infer<typeof datasetTrade>;

/** What one size of a trade came to. */
export const sizeOutcome = z.object({
  feasible: z.boolean(),
  /** Bar of the path or series; null where it is not liquidated. */
  liquidatedAt: z.number().int().nullable(),
  /** Share of equity at entry, costs included; null where margin does not allow the size. */
  return: z.number().nullable(),
  liquidationPrice: usdPerOunce.nullable(),
});
export type SizeOutcome = z.infer<typeof sizeOutcome>;

/** A trade with its candles, drawn again, and what every size came to. */
export const datasetTradeView = z.object({
  trade: datasetTrade,
  /** Candles from 128 before the entry to some after the exit; `first` is the path's bar of the first. */
  bars: barColumns,
  /** For each of the 30 sizes, smallest first. */
  outcomes: z.array(sizeOutcome),
});
export type DatasetTradeView = z.infer<typeof datasetTradeView>;

/** What a plan will take, judged from a small sample. */
export const generationEstimate = z.object({
  /** Names of the datasets that come of it, and those among them that are taken. */
  names: z.array(z.string()),
  taken: z.array(z.string()),
  trades: z.number().int(),
  /** Trades to be simulated for it, and how long that takes; null where a class was not seen at all. */
  simulated: z.number().int().nullable(),
  seconds: z.number().nullable(),
  /** In the store. */
  bytes: z.number().int(),
});
export type GenerationEstimate = z.infer<typeof generationEstimate>;

export const jobInfo = z.object({
  id: z.number().int(),
  /** What it does, in words: "Generate 300,000 trades, cross 32/128, seed 1". */
  title: z.string(),
  kind: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  /** Share done, 0 to 1. */
  progress: z.number(),
  started: utcSeconds,
  ended: utcSeconds.nullable(),
  /** Why it failed; what it works on otherwise. */
  detail: z.string(),
  /** Whether an interrupted one can go on where it stopped. */
  resumable: z.boolean(),
  /** While it runs: units a second, their name ("trades"), and seconds left; null before it is known. */
  rate: z.number().nullable(),
  unit: z.string(),
  secondsLeft: z.number().nullable(),
});
export type JobInfo = z.infer<typeof jobInfo>;

const stylisedFacts = z.object({
  kurtosis: z.number(),
  /** Autocorrelation of (high - low) / close at each lag, in bars. */
  rangeAutocorrelation: z.array(z.object({ lag: z.number().int(), value: z.number() })),
  rangeToVolatility: z.number(),
  /** Rms log return of a bar. */
  volatility: z.number(),
});

/** Stylised facts of one series or generator (product rules, section 5). */
export const marketFacts = stylisedFacts.extend({
  /** "XAUUSD_H1", "GARCH", "Stochastic volatility", "Bootstrap", "Mix". */
  name: z.string(),
  /** Whether these are real bars. */
  real: z.boolean(),
  bars: z.number().int(),
  /**
   * The facts are medians over so many pieces of equal length, and eight in ten pieces lie between
   * `low` and `high`. Left out where they are those of the series as a whole.
   */
  pieces: z
    .object({
      count: z.number().int(),
      bars: z.number().int(),
      low: stylisedFacts,
      high: stylisedFacts,
    })
    .optional(),
  /** Trades of the exit rule, and the share of them liquidated at each effective leverage. */
  trades: z.number().int(),
  liquidated: z.array(z.object({ leverage: z.number(), share: z.number() })),
});
export type MarketFacts = z.infer<typeof marketFacts>;
