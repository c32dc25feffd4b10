import { expect, it, onTestFinished } from 'vitest';
import { FactsCache, marketFactsOf } from '../../../src-main/app/datasets/facts.ts';
import { DEFAULT_MARKET } from '../../../src-main/domain/instrument.ts';
import { sliceBars, type Bars } from '../../../src-main/domain/bars/bars.ts';
import { openStore, type Store } from '../../../src-main/store/store.ts';
import { demoSeries } from '../../../src-main/synth/demo.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { PARAMETERS } from '../synth/parameters.ts';

const demo = demoSeries(PARAMETERS, 1);
function emptyStore(): Store {
  const store = openStore(dataFolder());
  onTestFinished(() => store.close());
  return store;
}
function keep(store: Store, name: string, bars: Bars, timeframe: 'H1' | 'M15' = 'H1') {
  const source = { name, symbol: 'GOLD', timeframe, clock: 'utc', synthetic: false } as const;
  store.series.add({ ...source, sourceName: `${name}.csv`, sourceSha256: name }, bars);
}
const beside = (series: string | null) =>
  ({ series, exit: 'cross', market: DEFAULT_MARKET }) as const;
const factsBeside = (store: Store, series: string | null) => marketFactsOf(store, beside(series));

it('a series comes first, then the generators that need no real bars, and their mix', async () => {
  const store = emptyStore();
  keep(store, 'GOLD_H1', demo);
  const markets = await factsBeside(store, 'GOLD_H1');
  expect(markets.map(({ name, real }) => [name, real])).toEqual([
    ['GOLD_H1', true],
    ['GARCH', false],
    ['Stochastic volatility', false],
    ['Mix', false],
  ]);
  for (const { name, bars, pieces, kurtosis, volatility, trades, liquidated } of markets) {
    expect(pieces!.bars, name).toBe(1_800);
    expect(pieces!.low.kurtosis, name).toBeLessThan(kurtosis);
    expect(pieces!.high.kurtosis, name).toBeGreaterThan(kurtosis);
    expect(volatility, name).toBeGreaterThan(0.0005);
    expect(bars, name).toBeGreaterThan(5_000);
    expect(trades, name).toBeGreaterThan(500);
    const shares = liquidated.map(({ share }) => share);
    expect(shares, name).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1), name).toBeGreaterThan(0);
  }
  // Each path of the mix has a volatility of its own.
  const spread = (name: string) => {
    const { low, high } = markets.find((market) => market.name === name)!.pieces!;
    return high.volatility / low.volatility;
  };
  expect(spread('Mix')).toBeGreaterThan(1.5 * spread('GARCH'));
});

it('without the fitted bars their facts as a whole stand in, beside paths of the same length', async () => {
  const [fitted, ...generators] = await factsBeside(emptyStore(), null);
  expect(fitted).toMatchObject({ name: 'XAUUSD_H1', real: true, trades: 0, liquidated: [] });
  expect(fitted!.pieces).toBeUndefined();
  expect(fitted!.rangeAutocorrelation.map(({ lag }) => lag)).toEqual([1, 6, 24, 120]);
  expect(generators.map(({ pieces }) => pieces!.bars)).toEqual(Array(3).fill(fitted!.bars));
});

it('a series that cannot be compared is refused in words', async () => {
  const store = emptyStore();
  keep(store, 'SHORT', sliceBars(demo, 0, 1_799));
  const flat = Float64Array.from(demo.close, () => 1_800);
  keep(store, 'STILL', { ...demo, open: flat, high: flat, low: flat, close: flat });
  const quarters = demo.time.map((_, i) => demo.time[0]! + i * 900);
  keep(store, 'QUARTERS', { ...demo, stepSeconds: 900, time: quarters }, 'M15');
  await expect(factsBeside(store, 'SHORT')).rejects.toThrow(/1799 bars: too few/);
  await expect(factsBeside(store, 'STILL')).rejects.toThrow(/STILL does not move/);
  await expect(factsBeside(store, 'QUARTERS')).rejects.toThrow(/hourly/);
  await expect(factsBeside(store, 'NOWHERE')).rejects.toThrow(/NOWHERE/);
});

it('are kept for the window until a series changes', async () => {
  const store = emptyStore();
  const cache = new FactsCache(store);
  keep(store, 'GOLD_H1', sliceBars(demo, 0, 3_000));
  const first = await cache.read(beside('GOLD_H1'));
  keep(store, 'GOLD_H1', sliceBars(demo, 3_000, 6_000));
  expect(await cache.read(beside('GOLD_H1'))).toEqual(first);
  cache.forget();
  const [series] = await cache.read(beside('GOLD_H1'));
  expect(series!.bars).toBe(6_000);
});
