import { openAppState, type AppState } from '../../../src-renderer/app.svelte.ts';
import { Notices } from '../../../src-renderer/lib/notices.svelte.ts';
import { CodedError } from '#contract/errors.ts';
import { STUDY_RULES } from '#domain/account/broker.ts';
import { DEFAULT_APPETITE } from '#domain/risk/decision.ts';
import { EXIT_RULES } from '#domain/exits/exit-rule.ts';
import type { ReviewRow } from '../../../src-main/contract/journal.ts';
import type { CallName, CallRequest, Handlers } from '#contract/calls.ts';
import { FEED_OFF } from '#contract/feeds.ts';
import type { EventName, EventPayload } from '#contract/events.ts';
import type {
  DatasetInfo,
  DatasetTrade,
  DatasetTradeView,
  GenerationEstimate,
  MarketFacts,
} from '#contract/datasets.ts';
import type { DeskBar, RecordedDecision } from '#contract/desk.ts';
import type { JobInfo } from '#contract/jobs.ts';
import type { SeriesInfo } from '#contract/series.ts';
import type { Settings } from '#contract/settings.ts';
import type { Answer, Client } from '#contract/transport.ts';
import type { HazardCurve } from '#domain/risk/risk-curve.ts';
import type { SizeCurve } from '#domain/risk/risk-curve.ts';
import type { Fraction, Money, SizeIndex, UsdPerOunce, UtcSeconds } from '#domain/units.ts';

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

export const SETTINGS: Settings = {
  equity: 500 as Money,
  appetite: DEFAULT_APPETITE,
  rules: STUDY_RULES,
  direction: 'long',
  policy: 'largest-safe',
  theme: 'dark',
  series: 'XAUUSD_H1',
  timeframe: null,
  exitPlan: { exit: 'cross', holding: null },
  timeZone: 'UTC',
  screen: 'desk',
};

export const DATASET: DatasetInfo = {
  name: 'gold-natural',
  trades: 1_000_000,
  checksum: '0123456789abcdef'.repeat(4),
  mix: { small: 240_000, mid: 70_000, big: 690_000 },
  weights: { small: 1, mid: 1, big: 1 },
  naturalShares: { small: 0.24, mid: 0.07, big: 0.69 },
  simulated: 1_000_000,
  bytes: 90 * 2 ** 20,
  exit: 'cross 32/128',
  seed: 7,
  leverage: 20,
  market: 'gold-h1',
  generators: { garch: 0.5, volatility: 0.5, bootstrap: 0 },
  generatorVersion: 2,
  command: 'size-picker generate --name gold-natural --trades 1000000 --exit cross --seed 7',
  madeAt: TIME as UtcSeconds,
};

/** Every third trade is small, every third big. */
export const tradeOf = (row: number): DatasetTrade => ({
  row,
  path: Math.floor(row / 64),
  entry: 300,
  exit: 360,
  direction: row % 2 ? 'short' : 'long',
  entryPrice: 2000 as UsdPerOunce,
  equity: 500 as Money,
  leverageMax: 18,
  mae: 0.041 as Fraction,
  final: 0.012 as Fraction,
  sizeClass: (['small', 'mid', 'big'] as const)[row % 3]!,
  best: 19 as SizeIndex,
  feasible: 28,
  survivors: 19,
});

/** Survived up to 2.85 oz, liquidated after 17 bars from 3.00, no margin from 4.35. */
export function tradeView(row: number): DatasetTradeView {
  const trade = tradeOf(row);
  const first = trade.entry - 127;
  const column = (value: number) => Array.from({ length: 212 }, () => value);
  return {
    trade,
    bars: {
      first,
      time: column(0).map((_, i) => i * 3600),
      open: column(2000),
      high: column(2001),
      low: column(1999),
      close: column(2000),
    },
    outcomes: Array.from({ length: 30 }, (_, i) => {
      const feasible = i < trade.feasible;
      const liquidated = feasible && i >= trade.survivors;
      return {
        feasible,
        liquidatedAt: liquidated ? trade.entry + 17 : null,
        return: !feasible ? null : liquidated ? -0.7 : 0.012 * (i + 1),
        liquidationPrice: feasible ? (1900 as UsdPerOunce) : null,
      };
    }),
  };
}

export const ESTIMATE: GenerationEstimate = {
  names: ['small', 'mid', 'big', 'balanced', 'reinforcement'].map((name) => `${name}_v2_100k`),
  taken: [],
  trades: 300_000,
  simulated: 1_624_000,
  seconds: 39.6,
  bytes: 26 * 2 ** 20,
};

export const JOB: JobInfo = {
  id: 4,
  title: 'Generate 300,000 accepted trades, cross 32/128, seed 1',
  kind: 'generate-datasets',
  state: 'running',
  progress: 0.432,
  started: TIME as UtcSeconds,
  ended: null,
  detail: 'small_v2_100k, mid_v2_100k',
  waitsFor: '',
  resumable: false,
  rate: 41_000,
  unit: 'trades',
  secondsLeft: 78,
};

export const FACTS: readonly MarketFacts[] = [
  { name: 'XAUUSD_H1', kurtosis: 12.5, at24: 0.31, liquidated: 0.121 },
  { name: 'GARCH', kurtosis: 8, at24: 0.28, liquidated: 0.104 },
  { name: 'Mix', kurtosis: 15.25, at24: 0.26, liquidated: 0.133 },
].map(({ name, kurtosis, at24, liquidated }) => ({
  name,
  real: name === 'XAUUSD_H1',
  bars: 30_000,
  kurtosis,
  rangeAutocorrelation: [
    { lag: 1, value: 0.5 },
    { lag: 24, value: at24 },
  ],
  rangeToVolatility: 1.4,
  volatility: 0.002,
  trades: 1_000,
  liquidated: [
    { leverage: 10, share: liquidated / 3 },
    { leverage: 20, share: liquidated },
  ],
}));

export interface FakeClient extends Client {
  /** Every call, in order. */
  readonly calls: { readonly name: CallName; readonly input: unknown }[];
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
  const calls: { name: CallName; input: unknown }[] = [];
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
      falseAlarmRate: 0.05,
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
    'training.presets': () => [],
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
      throw new CodedError('too-few-exits', { ended: 4, censored: 1, fewest: 30 });
    },
    ...handlers,
  };
  return {
    calls,
    async call<Name extends CallName>(name: Name, input: CallRequest<Name>) {
      calls.push({ name, input });
      const handler = answers[name] as (input: unknown) => unknown;
      try {
        return { ok: true, value: await handler(input) } as Answer<never>;
      } catch (error) {
        if (error instanceof CodedError) return { ok: false, fault: error.toFault() };
        throw error;
      }
    },
    on(name, listener) {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener as (payload: never) => void));
      return () => void heard.delete(listener as (payload: never) => void);
    },
    tell(name, payload) {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    },
  };
}

/** The window's state over a fake app, loaded. */
export async function openFakeApp(client: Client): Promise<AppState> {
  const app = await openAppState(client, new Notices());
  if (!app) throw new Error('the fake app did not answer');
  return app;
}
