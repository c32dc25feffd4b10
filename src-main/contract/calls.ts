import { z } from 'zod';
import { SIZE_CLASSES } from '../domain/size-class.ts';
import { courtPlan, evaluationInfo, storedEvaluation } from './evaluation.ts';
import { feedChoice, feedState, keptToken } from './feeds.ts';
import {
  alarmState,
  importedStatement,
  journalExport,
  journalWriting,
  ownExitsFound,
  reviewAccount,
  statementImport,
  statementPreview,
  statementSettings,
  reviewedTradeView,
  reviewPage,
  reviewQuery,
} from './journal.ts';
import { DEFAULT_MARKET } from '../domain/instrument.ts';
import { followedTrade, followPlan, holdingHistory } from './desk.ts';
import { trainingConfig, trainingPlan, trainingPreset, trainingRun } from './training.ts';
import {
  datasetInfo,
  datasetTrade,
  datasetTradeView,
  generationEstimate,
  generationPlan,
  marketFacts,
} from './datasets.ts';
import { decisionInput, deskBar, recordedDecision } from './desk.ts';
import { exitChoice, exitRule } from './exits.ts';
import { jobInfo } from './jobs.ts';
import { modelInfo, modelKind } from './models.ts';
import { barColumns, importReport, importSettings, seriesInfo, timeframe } from './series.ts';
import { settings, settingsPatch } from './settings.ts';
import { direction, utcSeconds } from './units.ts';
import { LOCAL_CALLS } from './local-calls.ts';

/** A series in the step that it is stored in (null), or in a longer one made of it. */
const inStep = { series: z.string(), timeframe: timeframe.nullable().default(null) };

/** What stands in the contract of a call: schemas in and out. */
export interface Call {
  readonly in: z.ZodType;
  readonly out: z.ZodType;
  /** Changes the data folder: refused where that is open to read only. */
  readonly writes?: true;
}

/** Everything that a window may ask for. */
export const CALLS = {
  'app.about': {
    in: z.object({}),
    out: z.object({
      version: z.string(),
      shell: z.enum(['electron', 'browser', 'command-line']),
      dataFolder: z.string(),
    }),
  },
  /** One window more on the same store; not opened where the page has to do it. */
  'app.newWindow': { in: z.object({}), out: z.object({ isOpened: z.boolean() }) },
  'settings.read': { in: z.object({}), out: settings },
  'settings.write': { in: settingsPatch, out: settings, writes: true },
  'series.list': { in: z.object({}), out: z.array(seriesInfo) },
  /** Bars with index in [first, first + count), cut to the series. */
  'series.bars': {
    in: z.object({
      ...inStep,
      first: z.number().int().min(0),
      count: z.number().int().min(1).max(20_000),
    }),
    out: barColumns,
  },
  /** Which bar closed at a moment, wherever older bars have moved it since. */
  'series.barAt': {
    in: z.object({ ...inStep, closedAt: utcSeconds }),
    out: z.object({ bar: z.number().int() }),
  },
  /** The decision bar `bar`, or the newest one. */
  'desk.read': {
    in: z.object({ ...inStep, bar: z.number().int().min(0).nullable() }),
    out: deskBar,
  },
  /** What a position came to by a bar, and nothing of the bars after it. */
  'trades.follow': { in: followPlan, out: followedTrade },
  /** Trades of the rule whose exit had come by the bar. */
  'trades.holding': {
    in: z.object({ ...inStep, bar: z.number().int().min(0), direction, rule: exitRule }),
    out: holdingHistory,
  },
  'feeds.read': { in: z.object({}), out: feedState },
  /** Turns a feed on in place of the one before. Throws what makes it impossible at once. */
  'feeds.start': { in: feedChoice, out: feedState, writes: true },
  'feeds.stop': { in: z.object({}), out: feedState },
  /** Tries now instead of waiting for the next try. */
  'feeds.reconnect': { in: z.object({}), out: feedState },
  'feeds.token': { in: z.object({}), out: keptToken },
  /** Null forgets it. */
  'feeds.keepToken': {
    in: z.object({ token: z.string().min(1).max(512).nullable() }),
    out: keptToken,
    writes: true,
  },
  'models.list': { in: z.object({}), out: z.array(modelInfo) },
  /** Puts a model on the desk. Refused for one that states no P(liquidation) (V1). */
  'models.use': { in: z.object({ name: z.string() }), out: modelInfo, writes: true },
  /** Writes the model's file into the data folder's `exports` and tells its path. */
  'models.export': {
    in: z.object({ name: z.string() }),
    out: z.object({ file: z.string() }),
    writes: true,
  },
  /** A model file that Size Picker wrote, staged with `import.stage`. */
  'models.import': { in: z.object({ upload: z.string() }), out: modelInfo, writes: true },
  'decisions.record': { in: decisionInput, out: recordedDecision, writes: true },
  /** Newest first. */
  'decisions.list': { in: z.object({}), out: z.array(recordedDecision) },
  /** Past trades in an account: a page of them, and what all of a filter came to. */
  'journal.review': { in: reviewQuery, out: reviewPage },
  'journal.trade': {
    in: z.object({ key: z.string(), account: reviewAccount }),
    out: reviewedTradeView,
  },
  /** Throws `too-few-exits`. */
  'journal.ownExits': { in: z.object({ account: z.string().nullable() }), out: ownExitsFound },
  'journal.alarm': { in: z.object({}), out: alarmState },
  /** The trader has acted on it: a new watch begins with the decisions recorded from now on. */
  'journal.watchAnew': { in: z.object({}), out: alarmState, writes: true },
  'journal.write': { in: journalWriting, out: z.object({}), writes: true },
  /**
   * Writes all of a filter into the data folder's `exports` and tells the file: a table, or a report
   * of one page. Where the shell cannot print (`isPdf` false), a PDF is asked for in vain and the
   * file is the page, to be printed by a browser.
   */
  'journal.export': {
    in: journalExport,
    out: z.object({ file: z.string(), isPdf: z.boolean() }),
    writes: true,
  },
  'statements.list': { in: z.object({}), out: z.array(importedStatement) },
  /** Throws what makes the file no statement that can be kept. */
  'statements.preview': {
    in: z.object({ upload: z.string(), settings: statementSettings }),
    out: statementPreview,
  },
  /** Keeps the trades that are not kept yet, and discards the upload. */
  'statements.commit': {
    in: z.object({ upload: z.string(), settings: statementSettings }),
    out: statementImport,
    writes: true,
  },
  'statements.undo': { in: z.object({ id: z.number().int() }), out: z.object({}), writes: true },
  /** Hand over a file piece by piece (base64, at most 1 MiB each); the first piece has no upload. */
  'import.stage': {
    in: z.object({
      upload: z.string().nullable(),
      fileName: z.string().min(1).max(255),
      piece: z.string().max(1_500_000),
    }),
    out: z.object({ upload: z.string() }),
  },
  /** Dry run: read the staged file and report; nothing is stored. */
  'import.preview': {
    in: z.object({ upload: z.string(), settings: importSettings }),
    out: importReport,
  },
  /** Import the staged file; refused, with nothing stored, where a dry run has problems. */
  'import.commit': {
    in: z.object({ upload: z.string(), settings: importSettings }),
    out: z.object({ series: seriesInfo, added: z.number().int() }),
    writes: true,
  },
  /** Forget the staged file. */
  'import.discard': { in: z.object({ upload: z.string() }), out: z.object({}) },
  /** Oldest first. */
  'datasets.list': { in: z.object({}), out: z.array(datasetInfo) },
  'datasets.estimate': { in: generationPlan, out: generationEstimate },
  /** Starts the job; its datasets appear when it is done. Refused where a name is taken. */
  'datasets.generate': {
    in: generationPlan.extend({ training: trainingPlan.nullable().default(null) }),
    out: jobInfo,
    writes: true,
  },
  /** Rows [first, first + count), cut to the dataset; of one class where that is asked for. */
  'datasets.trades': {
    in: z.object({
      name: z.string(),
      first: z.number().int().min(0),
      count: z.number().int().min(1).max(500),
      sizeClass: z.enum(SIZE_CLASSES).nullable(),
    }),
    out: z.object({ total: z.number().int(), trades: z.array(datasetTrade) }),
  },
  'datasets.trade': {
    in: z.object({ name: z.string(), row: z.number().int().min(0) }),
    out: datasetTradeView,
  },
  /** Out of sight at once, and gone for good when the app closes. */
  'datasets.delete': { in: z.object({ name: z.string() }), out: z.object({}), writes: true },
  /** Takes a deletion back while the app runs. */
  'datasets.restore': { in: z.object({ name: z.string() }), out: z.object({}), writes: true },
  /** Writes a file into the data folder's `exports` and tells its path. */
  'datasets.export': {
    in: z.object({
      name: z.string(),
      format: z.enum(['parquet', 'csv']),
      windows: z.boolean(),
    }),
    out: z.object({ file: z.string() }),
    writes: true,
  },
  /** A Parquet file that Size Picker wrote, staged with `import.stage`. */
  'datasets.import': { in: z.object({ upload: z.string() }), out: datasetInfo, writes: true },
  /** The numbers of every preset, for each kind of model. */
  'training.presets': {
    in: z.object({}),
    out: z.array(z.object({ kind: modelKind, preset: trainingPreset, config: trainingConfig })),
  },
  /** Starts a run; one at a time. Refused where the model's name is taken. */
  'training.start': { in: trainingPlan, out: trainingRun, writes: true },
  /** Newest first. */
  'training.list': { in: z.object({}), out: z.array(trainingRun) },
  /**
   * Starts the job; `evaluations.changed` tells when its result is kept. Trades end as those that the
   * first model was trained on.
   */
  'court.judge': { in: courtPlan.omit({ exit: true }), out: jobInfo, writes: true },
  /** Newest first. */
  'court.list': { in: z.object({}), out: z.array(evaluationInfo) },
  'court.read': { in: z.object({ id: z.number().int() }), out: storedEvaluation },
  /** Writes a report into the data folder's `exports` and tells its path. */
  'court.report': {
    in: z.object({ id: z.number().int(), format: z.enum(['html', 'json']) }),
    out: z.object({ file: z.string() }),
    writes: true,
  },
  /** Newest first. */
  'jobs.list': { in: z.object({}), out: z.array(jobInfo) },
  'jobs.cancel': { in: z.object({ id: z.number().int() }), out: z.object({}), writes: true },
  /** Goes on with an interrupted job where it stopped. */
  'jobs.resume': { in: z.object({ id: z.number().int() }), out: jobInfo, writes: true },
  /** Forgets what an interrupted job had done. */
  'jobs.discard': { in: z.object({ id: z.number().int() }), out: z.object({}), writes: true },
  /** The series first, then each generator of the fitted market and their mix. */
  'facts.read': {
    in: z.object({
      /** Null: the bars that the market was fitted to. */
      series: z.string().nullable(),
      exit: exitChoice.default('cross'),
      market: z.string().default(DEFAULT_MARKET),
    }),
    out: z.array(marketFacts),
  },
} as const satisfies Record<string, Call>;

/** What windows may ask for, and what a host in this process may besides. */
const ALL_CALLS = { ...CALLS, ...LOCAL_CALLS } satisfies Record<string, Call>;
type AllCalls = typeof ALL_CALLS;

export type CallName = keyof AllCalls;
export type WindowCallName = keyof typeof CALLS;
/** What a caller gives: fields with a default may be left out. */
export type CallRequest<Name extends CallName> = z.input<AllCalls[Name]['in']>;
/** What a handler gets. */
export type CallInput<Name extends CallName> = z.output<AllCalls[Name]['in']>;
export type CallOutput<Name extends CallName> = z.output<AllCalls[Name]['out']>;

/** Who asks: a host in the same process may follow long work and break it off. Windows hear events. */
export interface Caller {
  /** Ends the work of the call. */
  readonly signal: AbortSignal;
  /** `of`: what is being done, where one call does several things. */
  readonly onProgress: (done: number, total: number, of?: string) => void;
}

/** What stands in the contract of any call. */
export const callOf = (name: CallName): Call => ALL_CALLS[name];
export const CALL_NAMES = Object.keys(ALL_CALLS) as readonly CallName[];

type Answered<Name extends CallName> = Promise<CallOutput<Name>> | CallOutput<Name>;

/** A handler for every call, as hosts reach them. */
export type Handlers = {
  readonly [Name in CallName]: (input: CallInput<Name>, caller?: Partial<Caller>) => Answered<Name>;
};

/**
 * The handlers of one room of the app: of all calls whose names begin with one of its areas.
 * Forgetting one is a compile error.
 */
export type HandlersOf<Area extends string> = {
  readonly [Name in CallName as Name extends `${Area}.${string}` ? Name : never]: (
    input: CallInput<Name>,
    caller: Caller,
  ) => Answered<Name>;
};
