import { openAppState, type AppState } from '../../../src-renderer/app.svelte.ts';
import { DEFAULT_SETTINGS } from '../../../src-main/app/folder/default-settings.ts';
import { presets } from '../../../src-main/app/training/presets.ts';
import { Notices } from '../../../src-renderer/lib/notices.svelte.ts';
import { CodedError } from '#contract/errors.ts';
import { EXIT_RULES } from '#domain/exits/exit-rule.ts';
import { FEWEST_ENDED } from '#domain/exits/own-exits.ts';
import { FALSE_ALARM_RATE } from '#domain/risk/alarm.ts';
import { expect } from 'vitest';
import {
  CALLS,
  type WindowCallName,
  type CallOutput,
  type CallRequest,
  type Handlers,
} from '#contract/calls.ts';
import { EVENTS, type EventName, type EventPayload } from '#contract/events.ts';
import { FEED_OFF } from '#contract/feeds.ts';
import type { z } from 'zod';
import type { DeskBar, RecordedDecision } from '#contract/desk.ts';
import { DATASET, ESTIMATE, FACTS, tradeOf, tradeView } from './dataset-samples.ts';
import type { ReviewRow } from '#contract/journal.ts';
import type { SeriesInfo } from '#contract/series.ts';
import type { Settings } from '#contract/settings.ts';
import { answer, type Answer, type Client } from '#contract/transport.ts';
import type { HazardCurve } from '#domain/risk/risk-curve.ts';
import type { SizeCurve } from '#domain/risk/risk-curve.ts';
import type { Fraction, UsdPerOunce, UtcSeconds } from '#domain/units.ts';

/** 22 December 2023, 14:00: a long at 2,060.13 with a true range of $4.42. */
export const CLOSE = 2060.13 as UsdPerOunce;
const TIME = Date.UTC(2023, 11, 22, 14) / 1000;

export const SERIES: SeriesInfo = {
  name: 'XAUUSD_H1',
  symbol: 'XAUUSD',
  timeframe: 'H1',
  bars: 34_224,
  from: (TIME - 34_122 * 3600) as UtcSeconds,
  to: (TIME + 101 * 3600) as UtcSeconds,
  clock: 'utc',
  synthetic: false,
};

/** At the usual reference a long of 2.85 oz on $500 is at 5.5% and one of 3.00 at 6.4%. */
export function curve(reference = -4.2): HazardCurve {
  const edges = Array.from({ length: 25 }, (_, i) => -1.5 + (i * 7.5) / 24);
  return {
    kind: 'hazard',
    reference,
    cumulativeHazard: edges.map((y) => (y === -1.5 ? 0 : 0.83 * Math.exp(y * 0.9))),
    meanReturn: edges.map(() => 0.04),
  };
}

export const BAR: DeskBar = {
  series: SERIES,
  bar: 34_122,
  time: TIME as UtcSeconds,
  closedAt: (TIME + 3600) as UtcSeconds,
  close: CLOSE,
  atr: 4.42 as UsdPerOunce,
  trainedOn: 'H1',
  storedAs: 'H1',
  exitRule: EXIT_RULES.cross,
  averages: { fast: 32, slow: 128 },
  signal: { side: 'long', bars: 139 },
  model: {
    name: 'v3-gold',
    kind: 'v3',
    exit: 'cross 32/128',
    trainedAt: TIME as UtcSeconds,
    trades: 30_000,
    scope: {
      fitted: {
        instrument: 'gold',
        from: 1_521_406_800 as UtcSeconds,
        to: 1_672_434_000 as UtcSeconds,
      },
      timeframe: 'H1',
      exitRule: EXIT_RULES.cross,
    },
    inUse: true,
    bundled: true,
  },
  curves: { long: curve(), short: curve() },
  missing: null,
  gap: null,
  resolved: { long: [], short: [] },
};

/** Of a V2 by which P is 0.4% and the mean return 0.1% for each effective leverage of 1. */
export function sizesCurve(): SizeCurve {
  const leverages = Array.from({ length: 24 }, (_, i) => 5 * 8 ** (i / 23));
  const ofRungs = (each: number) =>
    leverages.flatMap((account) =>
      Array.from({ length: 30 }, (_, i) => (each * account * (i + 1)) / 30),
    );
  return { kind: 'sizes', leverages, p: ofRungs(0.004), meanReturn: ofRungs(0.001) };
}

/** The same bar with a V2 on the desk. */
export const BAR_OF_V2: DeskBar = {
  ...BAR,
  model: { ...BAR.model!, name: 'v2-gold', kind: 'v2', bundled: false },
  curves: { long: sizesCurve(), short: sizesCurve() },
};

export const SETTINGS: Settings = { ...DEFAULT_SETTINGS, series: 'XAUUSD_H1' };

export interface FakeClient extends Client {
  /** Every call, in order. */
  readonly calls: { readonly name: WindowCallName; readonly input: unknown }[];
  tell<Name extends EventName>(name: Name, payload: EventPayload<Name>): void;
}

/** A decision whose exit has not come. */
const openRow = ({
  id,
  series,
  direction,
  closedAt,
  price,
  size,
}: RecordedDecision): ReviewRow => ({
  key: `d${id}`,
  source: 'decision',
  series: null,
  symbol: series,
  account: null,
  direction,
  openedAt: closedAt,
  openPrice: price,
  closedAt: null,
  closePrice: null,
  taken: null,
  recommended: size,
  stoodAside: size === null,
  best: null,
  outcome: 'open',
  why: 'open',
  return: null,
  regret: null,
  adverse: null,
  favourable: null,
  note: '',
  tags: [],
});

const NO_CURVE = { time: [], sum: [], drawdown: [] };

/** An app with one series, that answers `desk.read` with `bar` moved to the index asked for. */
export function fakeClient(
  bar: DeskBar = BAR,
  settings: Partial<Settings> = {},
  handlers: Partial<Handlers> = {},
): FakeClient {
  let stored: Settings = { ...SETTINGS, ...settings };
  const decisions: RecordedDecision[] = [];
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const calls: { name: WindowCallName; input: unknown }[] = [];
  const answers: Partial<Handlers> = {
    'app.about': () => ({ version: '0.1.0', shell: 'browser', dataFolder: '/data' }),
    'settings.read': () => stored,
    'settings.write': (patch) => (stored = { ...stored, ...patch } as Settings),
    'series.list': () => [bar.series],
    'series.bars': ({ first, count }) => {
      const column = (value: number) => Array.from({ length: count }, () => value);
      const time = column(0).map((_, i) => bar.series.from + (first + i) * 3600);
      return {
        first,
        time,
        open: column(CLOSE),
        high: column(CLOSE + 1),
        low: column(CLOSE - 1),
        close: column(CLOSE),
      };
    },
    'series.barAt': ({ closedAt }) => ({
      bar: bar.bar + (closedAt - bar.closedAt) / 3600,
    }),
    'desk.read': ({ bar: at }) => ({ ...bar, bar: at ?? bar.bar }),
    'statements.preview': () => {
      throw new CodedError('not-a-statement', {});
    },
    'journal.alarm': () => ({
      trades: 0,
      expected: 0,
      realised: 0,
      evidence: 1,
      isFired: false,
      falseAlarmRate: FALSE_ALARM_RATE,
      since: null,
    }),
    'journal.trade': ({ key }) => {
      const decision = decisions.find(({ id }) => `d${id}` === key)!;
      return {
        row: openRow(decision),
        statement: null,
        decision,
        settledAt: null,
        outcomes: null,
        limit: decision.limit,
        bars: null,
      };
    },
    'decisions.list': () => decisions,
    'journal.review': () => ({
      total: decisions.length,
      matching: decisions.length,
      rows: decisions.map(openRow),
      scores: { recommended: null, taken: null, fixed: null },
      curves: { recommended: NO_CURVE, taken: NO_CURVE, fixed: NO_CURVE },
      unknown: {},
      accounts: [],
      fittedTo: 0,
      scatter: [],
    }),
    'decisions.record': (input) => {
      const kept: RecordedDecision = {
        ...input,
        id: decisions.length + 1,
        recordedAt: TIME as UtcSeconds,
        closedAt: bar.closedAt,
        price: bar.close,
        model: 'v3-gold',
        limit: 0.06 as Fraction,
        size: null,
        pLiquidation: null,
        liquidationPrice: null,
      };
      decisions.unshift(kept);
      return kept;
    },
    'training.presets': () => presets(),
    'training.list': () => [],
    'court.list': () => [],
    'trades.holding': () => ({ trades: 212, bars: { low: 14, median: 66, high: 190 } }),
    'feeds.read': () => FEED_OFF,
    'models.list': () => (bar.model ? [bar.model] : []),
    'datasets.list': () => [],
    'datasets.estimate': () => ESTIMATE,
    'datasets.trades': ({ first, count, sizeClass }) => {
      const step = sizeClass === null ? 1 : 3;
      const total = Math.floor(DATASET.trades / step);
      const offset = sizeClass === null ? 0 : ['small', 'mid', 'big'].indexOf(sizeClass);
      const length = Math.max(0, Math.min(count, total - first));
      const row = (i: number) => (first + i) * step + offset;
      return { total, trades: Array.from({ length }, (_, i) => tradeOf(row(i))) };
    },
    'datasets.trade': ({ row }) => tradeView(row),
    'jobs.list': () => [],
    'facts.read': () => [...FACTS],
    'journal.ownExits': () => {
      throw new CodedError('too-few-exits', { ended: 4, censored: 1, fewest: FEWEST_ENDED });
    },
    ...handlers,
  };
  return {
    calls,
    async call<Name extends WindowCallName>(name: Name, input: CallRequest<Name>) {
      calls.push({ name, input });
      return throughContract(answers, name, input);
    },
    on(name, listener) {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener as (payload: never) => void));
      return () => void heard.delete(listener as (payload: never) => void);
    },
    tell(name, payload) {
      const told = asTheContract(EVENTS[name], payload, name);
      for (const listener of listeners.get(name) ?? []) listener(told as never);
    },
  };
}

/**
 * Answers as the app does, schemas and all. What the contract would refuse fails the test: an input of
 * the window, an answer of the stand-in, and a call that the stand-in does not know.
 */
async function throughContract<Name extends WindowCallName>(
  answers: Partial<Handlers>,
  name: Name,
  input: CallRequest<Name>,
): Promise<Answer<CallOutput<Name>>> {
  const handler = answers[name] as ((input: unknown) => unknown) | undefined;
  if (!handler) throw new Error(`The stand-in has no answer to ${name}.`);
  let isReached = false;
  let broken: unknown = null;
  const handle = async (parsed: unknown) => {
    isReached = true;
    try {
      return asTheContract(CALLS[name].out, await handler(parsed), name);
    } catch (error) {
      if (!(error instanceof CodedError)) broken = error;
      throw error;
    }
  };
  const answered = await answer({ [name]: handle } as unknown as Handlers, name, input);
  if (broken) throw broken;
  if (!isReached) throw new Error(`The window asked badly. ${JSON.stringify(answered)}`);
  return answered as Answer<CallOutput<Name>>;
}

/** A copy, as another process would get it; nothing less and nothing more than the schema has. */
function asTheContract(schema: z.ZodType, value: unknown, name: string): unknown {
  const parsed = schema.parse(value);
  expect(parsed, `${name} as the contract has it`).toEqual(value);
  return parsed;
}

/** The window's state over a fake app, loaded. */
export async function openFakeApp(client: Client): Promise<AppState> {
  const app = await openAppState(client, new Notices());
  if (!app) throw new Error('the fake app did not answer');
  return app;
}
