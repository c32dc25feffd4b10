import { ENTRY_STEP, MOST_COMPARED, SEED } from '../domain/limits.ts';
import { z } from 'zod';
import {
  datasetInfo,
  fittedMarket,
  generatedShare,
  generationPlan,
  generationShard,
} from './datasets.ts';
import { brokerRules } from './account.ts';
import { recommendation, recommendationPlan } from './desk.ts';
import { courtPlan, evaluation, walkedForward, walkForwardPlan } from './evaluation.ts';
import { exitChoice } from './exits.ts';
import { journalFile, statementReading, statementSettings } from './journal.ts';
import { modelInfo } from './models.ts';
import { importReport, importSettings, seriesInfo, span } from './series.ts';
import { trainingPlan, trainingRun } from './training.ts';
import { money, utcSeconds, within } from './units.ts';

/** Anywhere on the disk, as the person at the terminal names it. */
const file = z.string().min(1);
const seed = within(SEED);

/**
 * What a host may ask for in the process of the app alone, beside the calls of a window: these read and
 * write files wherever the person at the terminal says, and are done when their work is. A window
 * cannot reach them (`answer`).
 */
export const LOCAL_CALLS = {
  /** Imports a candle file; one with problems is reported and not imported. */
  'series.importFile': {
    in: z.object({
      file,
      settings: importSettings,
      /** False: only read and report. */
      commit: z.boolean(),
    }),
    out: z.object({
      report: importReport,
      /** Null where nothing was stored. */
      series: seriesInfo.nullable(),
      added: z.number().int(),
    }),
    writes: true,
  },
  /** Writes every trade that a rule allows in a span into a CSV file, with the outcome of all 30 sizes. */
  'series.simulate': {
    in: z.object({
      ...span.shape,
      exit: exitChoice,
      every: within(ENTRY_STEP),
      equity: money,
      rules: brokerRules,
      seed,
      file,
    }),
    out: z.object({ trades: z.number().int() }),
  },
  /** Writes a synthetic series of a fitted market as a candle file. */
  'series.writeDemo': {
    in: z.object({ market: z.string(), seed, file }),
    out: z.object({ bars: z.number().int() }),
  },
  /** Null where no bar had closed by the moment asked for. */
  'desk.recommend': { in: recommendationPlan, out: recommendation.nullable() },
  'journal.exportTo': {
    in: journalFile,
    out: z.object({ trades: z.number().int() }),
  },
  /** Keeps the trades of a statement that are not kept yet. */
  'statements.importFile': {
    in: z.object({
      file,
      settings: statementSettings,
      /** False: only read and report. */
      commit: z.boolean(),
    }),
    out: statementReading,
    writes: true,
  },
  /** Fits the synthetic market to the bars of a series that open before `until`, and keeps it. */
  'markets.fit': {
    in: z.object({
      series: z.string(),
      until: utcSeconds.nullable(),
      /** Of the market; null for the usual one of the instrument. */
      name: z.string().min(1).nullable(),
      /** Also written there, as JSON. */
      file: file.nullable(),
    }),
    out: fittedMarket,
    writes: true,
  },
  /** Generates datasets, or one machine's share of them. */
  'datasets.make': {
    in: generationPlan.extend({
      shard: generationShard,
      /** A data folder whose finished shares of this run are taken over. */
      take: file.nullable(),
      /** Threads that draw; null: one a core. */
      threads: z.number().int().min(1).nullable(),
    }),
    out: generatedShare,
    writes: true,
  },
  /** Parquet or CSV by the ending of the file. */
  'datasets.exportTo': {
    in: z.object({ name: z.string(), file, windows: z.boolean() }),
    out: z.object({}),
  },
  'datasets.importFile': { in: z.object({ file }), out: datasetInfo, writes: true },
  'models.exportTo': { in: z.object({ name: z.string(), file }), out: z.object({}) },
  'models.importFile': { in: z.object({ file }), out: modelInfo, writes: true },
  /** Trains one model after the other and judges them side by side on the trial that they name. */
  'training.run': {
    in: z.object({ plans: z.array(trainingPlan).min(1).max(MOST_COMPARED) }),
    out: z.object({
      runs: z.array(trainingRun),
      /** Null without a trial, and where it was broken off. */
      evaluation: evaluation.nullable(),
    }),
    writes: true,
  },
  /** Judges models beside another app that has the folder open, and keeps nothing there. */
  'court.judgeOnce': {
    in: courtPlan.extend({
      /** CSV of every trade with the first model's P at all sizes. */
      predictions: file.nullable(),
      report: z.object({ file, format: z.enum(['html', 'json']) }).nullable(),
    }),
    out: evaluation,
  },
  /** Judges each year by a V3 fitted and trained on what came before it. Keeps nothing. */
  'court.walkForward': { in: walkForwardPlan, out: walkedForward },
} as const;
