import type { JobInfo } from '#contract/jobs.ts';
import type {
  DatasetInfo,
  DatasetTrade,
  DatasetTradeView,
  GenerationEstimate,
  MarketFacts,
} from '#contract/datasets.ts';
import type { Fraction, Money, SizeIndex, UsdPerOunce, UtcSeconds } from '#domain/units.ts';

/** A dataset, its trades and how it is made, as the app tells of them; all numbers are made up. */

const TIME = Date.UTC(2023, 11, 22, 14) / 1000;

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
  fitted: {
    instrument: 'gold',
    from: 1_521_406_800 as UtcSeconds,
    to: 1_672_434_000 as UtcSeconds,
  },
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
