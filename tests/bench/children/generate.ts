import { demoSeries } from '../../../src-main/synth/demo.ts';
import { fitSeries } from '../../../src-main/app/datasets/fit.ts';
import { generate } from '../../../src-main/app/datasets/generate.ts';
import { openMarket } from '../../../src-main/app/datasets/fit.ts';
import { openStore } from '../../../src-main/store/store.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';

/** Generates `trades` of a kind on `threads` in a new data folder and tells time and memory. */
const [, , folder, kind, trades, threads] = process.argv as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const store = openStore(folder);
// All three generators need a series in the store; this one is synthetic itself.
const source = openMarket(store, 'gold-h1');
store.series.add(
  {
    name: 'bench',
    symbol: 'XAUUSD',
    timeframe: 'H1',
    clock: 'utc',
    synthetic: true,
    sourceName: 'bench',
    sourceSha256: '',
  },
  demoSeries(source.parameters, 1),
);
fitSeries(
  store,
  { series: 'bench', until: Infinity as UtcSeconds, name: 'bench' },
  0 as UtcSeconds,
);
const start = performance.now();
const { datasets } = await generate(
  store,
  {
    kind: kind as 'by-class' | 'natural',
    name: kind === 'by-class' ? null : 'bench',
    trades: Number(trades),
    exit: 'cross',
    seed: 1,
    leverage: 20,
    market: 'bench',
  },
  { threads: Number(threads) },
);
const seconds = (performance.now() - start) / 1000;
store.close();
console.log(
  JSON.stringify({
    seconds,
    megabytes: process.resourceUsage().maxRSS / 1024,
    simulated: datasets![0]!.simulated,
    bytes: datasets!.reduce((sum, { bytes }) => sum + bytes, 0),
    trades: datasets!.reduce((sum, dataset) => sum + dataset.trades, 0),
    checksums: datasets!.map(({ checksum }) => checksum),
  }),
);
