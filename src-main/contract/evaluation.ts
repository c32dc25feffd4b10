import { ENTRY_STEP, MOST_COMPARED, SEED } from '../domain/limits.ts';
import { z } from 'zod';
import { exitChoice } from './exits.ts';
import { modelKind } from './models.ts';
import { span } from './series.ts';
import { utcSeconds, within } from './units.ts';

/** Which models are judged on which real bars. */
export const courtPlan = z.object({
  ...span.shape,
  exit: exitChoice,
  /** One long and one short at every so many bars. */
  every: within(ENTRY_STEP),
  /** Of the accounts that the trades are judged in. */
  seed: within(SEED),
  /** The first is the one that the others are compared with; the baselines are always beside. */
  models: z.array(z.string()).min(1).max(MOST_COMPARED),
});
export type CourtPlan = z.infer<typeof courtPlan>;

const interval = z.object({ low: z.number(), high: z.number() });

/** Probabilities over (trade, feasible rung). */
export const probabilityScores = z.object({
  pairs: z.number().int(),
  logLoss: z.number(),
  brier: z.number(),
  /** Null where nothing, or everything, was liquidated. */
  auc: z.number().nullable(),
  ece: z.number(),
  /** Steps up a ladder at which P falls. */
  violations: z.number().int(),
});

/** What a way of choosing sizes came to. Means and the median are over all trades. */
export const policyResult = z.object({
  /** How the size was chosen; `most-likely` is V1's, `fixed` the same share of capacity always. */
  policy: z.enum(['largest-safe', 'best-return', 'most-likely', 'fixed']),
  /** What the trader accepts; null where nothing is compared with a threshold. */
  threshold: z.number().nullable(),
  safetyFactor: z.number(),
  /** Whether recent resolved trades had lowered the limit (one-sided online correction). */
  corrected: z.boolean(),
  taken: z.number().int(),
  stoodAside: z.number().int(),
  /** Share of the taken trades that were liquidated; null where none was taken. */
  realised: z.number().nullable(),
  /** All intervals are from resampled calendar months, 95%; null with fewer than six months. */
  realisedInterval: interval.nullable(),
  meanReturn: z.number(),
  meanReturnInterval: interval.nullable(),
  medianReturn: z.number(),
  logGrowth: z.number(),
  regret: z.number(),
  /** Of the chosen sizes, as a share of the largest that margin allows. */
  meanShare: z.number(),
});
export type PolicyResult = z.infer<typeof policyResult>;

export const judgedModel = z.object({
  /** "V3-cross-gold-2022", "volatility rule". */
  name: z.string(),
  kind: z.enum([...modelKind.options, 'baseline']),
  /** Null for one that states no probability (V1, fixed size). */
  scores: probabilityScores.nullable(),
  /** The non-empty ones of 15 bins of P; `interval` of the frequency. */
  reliability: z.array(
    z.object({
      count: z.number().int(),
      meanProbability: z.number(),
      frequency: z.number(),
      interval: interval.nullable(),
    }),
  ),
  policies: z.array(policyResult),
  /** Realised liquidations by threshold, 1 to 25%, of the largest safe size. */
  realised: z.array(
    z.object({
      threshold: z.number(),
      /** Without the margin of safety of the model (the safety factor, or V2's penalty), and with it. */
      raw: z.number().nullable(),
      withFactor: z.number().nullable(),
      /** Of `withFactor`. */
      interval: interval.nullable(),
    }),
  ),
  /** At each of the `regretEdges`: share of trades whose regret lies from it up to the next. */
  regretShares: z.array(z.number()),
});
export type JudgedModel = z.infer<typeof judgedModel>;

/** `model` less `against` on the same trades. */
export const pairedDifference = z.object({
  model: z.string(),
  against: z.string(),
  measure: z.enum(['logLoss', 'realised', 'meanReturn', 'regret']),
  difference: z.number(),
  interval: interval.nullable(),
});
export type PairedDifference = z.infer<typeof pairedDifference>;

/** The trades of one direction or year, or all of them. */
export const judgedGroup = z.object({
  name: z.string(),
  trades: z.number().int(),
  months: z.number().int(),
  models: z.array(judgedModel),
});
export type JudgedGroup = z.infer<typeof judgedGroup>;

/** What the court found. */
export const evaluation = z.object({
  plan: courtPlan,
  /** First and last entry. */
  from: utcSeconds,
  to: utcSeconds,
  trades: z.number().int(),
  bars: z.number().int(),
  /** "cross 32/128", and that of the first model. */
  exit: z.string(),
  modelExit: z.string(),
  /** All trades, longs, shorts, and each year. */
  groups: z.array(judgedGroup),
  /** First each other model against the volatility rule, then the first model against each other one. */
  differences: z.array(pairedDifference),
  /** Every model at a threshold of its own at which the mean size is 70% of capacity. */
  equalSize: z.array(policyResult.extend({ model: z.string() })),
  regretEdges: z.array(z.number()),
  /**
   * One trade at a time, by turns long and short, at each threshold with the safety factor: sum of
   * returns so far, not compounded, after each of `times` (exits).
   */
  equityCurves: z.object({
    times: z.array(utcSeconds),
    curves: z.array(
      z.object({ model: z.string(), threshold: z.number(), returns: z.array(z.number()) }),
    ),
  }),
  /** Fill rules, account and costs, in words. */
  assumptions: z.string(),
});
export type Evaluation = z.infer<typeof evaluation>;

/** How a series is walked through, year by year. */
export const walkForwardPlan = courtPlan
  .pick({ series: true, exit: true, every: true, seed: true })
  .extend({
    /** Drawn anew from the market of each year. */
    trades: z.number().int().min(1),
    /** The first one that is judged; null for the third of the series. */
    fromYear: z.number().int().nullable(),
  });
export type WalkForwardPlan = z.infer<typeof walkForwardPlan>;

export const walkedForward = z.object({
  /** Each year and the model that it was judged by. */
  years: z
    .array(
      z.object({
        year: z.number().int(),
        /** Bars that the market was fitted to. */
        fittedTo: z.number().int(),
        /** That the model was trained on. */
        trades: z.number().int(),
        /** Of the best epoch, and of the simple rules on the same trades. */
        validationLoss: z.number(),
        baselineLosses: z.record(z.string(), z.number()),
      }),
    )
    .readonly(),
  /** Over all years, and by year. */
  evaluation,
});
export type WalkedForward = z.infer<typeof walkedForward>;

/** An evaluation that is kept. */
export const storedEvaluation = z.object({
  id: z.number().int(),
  madeAt: utcSeconds,
  result: evaluation,
});
export type StoredEvaluation = z.infer<typeof storedEvaluation>;

/** One of the list. */
export const evaluationInfo = z.object({
  id: z.number().int(),
  madeAt: utcSeconds,
  series: z.string(),
  from: utcSeconds,
  to: utcSeconds,
  models: z.array(z.string()),
  trades: z.number().int(),
});
export type EvaluationInfo = z.infer<typeof evaluationInfo>;
