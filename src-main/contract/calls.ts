import { z } from 'zod';
import {
  barColumns,
  decisionInput,
  deskBar,
  importReport,
  importSettings,
  modelInfo,
  recordedDecision,
  seriesInfo,
  settings,
  settingsPatch,
  utcSeconds,
} from './schemas.ts';

/** Everything that the window may ask for: one table, schemas in and out. */
export const CALLS = {
  'app.about': {
    in: z.object({}),
    out: z.object({
      version: z.string(),
      shell: z.enum(['electron', 'browser']),
      dataFolder: z.string(),
    }),
  },
  'settings.read': { in: z.object({}), out: settings },
  'settings.write': { in: settingsPatch, out: settings },
  'series.list': { in: z.object({}), out: z.array(seriesInfo) },
  /** Bars with index in [first, first + count), cut to the series. */
  'series.bars': {
    in: z.object({
      series: z.string(),
      first: z.number().int().min(0),
      count: z.number().int().min(1).max(20_000),
    }),
    out: barColumns,
  },
  /** Which bar closed at a moment, wherever older bars have moved it since. */
  'series.barAt': {
    in: z.object({ series: z.string(), closedAt: utcSeconds }),
    out: z.object({ bar: z.number().int() }),
  },
  /** The decision bar `bar`, or the newest one. */
  'desk.read': {
    in: z.object({ series: z.string(), bar: z.number().int().min(0).nullable() }),
    out: deskBar,
  },
  'models.list': { in: z.object({}), out: z.array(modelInfo) },
  'decisions.record': { in: decisionInput, out: recordedDecision },
  /** Newest first. */
  'decisions.list': { in: z.object({}), out: z.array(recordedDecision) },
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
  },
  /** Forget the staged file. */
  'import.discard': { in: z.object({ upload: z.string() }), out: z.object({}) },
} as const;

export type CallName = keyof typeof CALLS;
export type CallInput<Name extends CallName> = z.output<(typeof CALLS)[Name]['in']>;
export type CallOutput<Name extends CallName> = z.output<(typeof CALLS)[Name]['out']>;

/** A handler for every call: forgetting one is a compile error. */
export type Handlers = {
  readonly [Name in CallName]: (
    input: CallInput<Name>,
  ) => Promise<CallOutput<Name>> | CallOutput<Name>;
};
