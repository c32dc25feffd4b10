import { openAppState, type AppState } from '../../../src-renderer/lib/app.svelte.ts';
import { Notices } from '../../../src-renderer/lib/notices.svelte.ts';
import { STUDY_RULES } from '#domain/broker.ts';
import { DEFAULT_APPETITE } from '#domain/decision.ts';
import type { CallInput, CallName, Handlers } from '#contract/calls.ts';
import type { EventName, EventPayload } from '#contract/events.ts';
import type { DeskBar, RecordedDecision, SeriesInfo, Settings } from '#contract/schemas.ts';
import type { Answer, Client } from '#contract/transport.ts';
import type { RiskCurve } from '#domain/risk-curve.ts';
import type { Fraction, Money, UsdPerOunce, UtcSeconds } from '#domain/units.ts';

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
export function curve(reference = -4.2): RiskCurve {
  const edges = Array.from({ length: 25 }, (_, i) => -1.5 + (i * 7.5) / 24);
  return {
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
};

export const SETTINGS: Settings = {
  equity: 500 as Money,
  appetite: DEFAULT_APPETITE,
  rules: STUDY_RULES,
  direction: 'long',
  policy: 'largest-safe',
  theme: 'dark',
  series: 'XAUUSD_H1',
};

export interface FakeClient extends Client {
  /** Every call, in order. */
  readonly calls: { readonly name: CallName; readonly input: unknown }[];
  tell<Name extends EventName>(name: Name, payload: EventPayload<Name>): void;
}

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
    'decisions.list': () => decisions,
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
    ...handlers,
  };
  return {
    calls,
    async call<Name extends CallName>(name: Name, input: CallInput<Name>) {
      calls.push({ name, input });
      const handler = answers[name] as (input: unknown) => unknown;
      return { ok: true, value: await handler(input) } as Answer<never>;
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
