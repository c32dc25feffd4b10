import { DATASET_TRADES, LEVERAGE, SEED } from '../domain/limits.ts';
import { SIZE_CLASSES } from '../domain/size-class.ts';
import { sizeOutcome } from './account.ts';
import { exitChoice } from './exits.ts';
import { fittedBars } from './instrument.ts';
import { barColumns } from './series.ts';
import {
  name,
  utcSeconds,
  direction,
  usdPerOunce,
  money,
  fraction,
  sizeIndex,
  within,
} from './units.ts';
import { z } from 'zod';

const perClass = z.object({ small: z.number(), mid: z.number(), big: z.number() });
/** A number for each class of trades by best size. */
export type PerClass = z.infer<typeof perClass>;

/** Jobs of earlier versions say `v2`, which is a kind of model. */
const generationKind = z
  .enum(['by-class', 'natural', 'v2'])
  .transform((kind) => (kind === 'v2' ? 'by-class' : kind));

/** What a generated dataset is asked for with. */
export const generationPlan = z.object({
  /** The five datasets of accepted classes, or one dataset of `name` as trades come. */
  kind: generationKind,
  /** Name of a natural dataset; those by class follow from their size. */
  name: name.nullable(),
  /** Trades of each class, or of all (natural). */
  trades: within(DATASET_TRADES),
  exit: exitChoice,
  seed: within(SEED),
  /** Leverage that the simulated broker grants: it cuts the ladder. */
  leverage: within(LEVERAGE),
  /** Name of the fitted market. */
  market: z.string(),
});
export type GenerationPlan = z.infer<typeof generationPlan>;

/** One machine's share of a run. */
export const generationShard = z
  .object({ number: z.number().int().min(1), of: z.number().int().min(1).max(10_000) })
  .refine(({ number, of }) => number <= of, 'there is no such shard');
export type GenerationShard = z.infer<typeof generationShard>;
export const WHOLE: GenerationShard = { number: 1, of: 1 };

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
  /** Bars that the market was fitted to; null where that is not known. */
  fitted: fittedBars.nullable().default(null),
  /** The command that makes it. */
  command: z.string(),
  madeAt: utcSeconds,
});
export type DatasetInfo = z.infer<typeof datasetInfo>;

/** What one machine has made of a plan. */
export const generatedShare = z.object({
  /** Null while cells of other shards are missing. */
  datasets: z.array(datasetInfo).readonly().nullable(),
  cellsMissing: z.number().int(),
  /** Cells that came out of another data folder. */
  cellsTaken: z.number().int(),
});
export type GeneratedShare = z.infer<typeof generatedShare>;

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

/** A market as it was fitted. */
export const fittedMarket = z.object({
  name: z.string(),
  /** As they are kept and written: `marketParameters` of synth/. */
  parameters: z.looseObject({}),
});
