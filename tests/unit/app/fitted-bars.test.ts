import { afterEach, beforeEach, expect, it } from 'vitest';
import { fitSeries, openMarket } from '../../../src-main/app/datasets/fit.ts';
import { readResource } from '../../../src-main/app/folder/resources.ts';
import { openWorkspace } from '../../../src-main/app/folder/workspace.ts';
import { importModel } from '../../../src-main/app/training/model-registry.ts';
import { originOf } from '../../../src-main/datasets/origin.ts';
import { PATH_BARS } from '../../../src-main/datasets/spec.ts';
import { EXIT_RULES } from '../../../src-main/domain/exits/exit-rule.ts';
import { readModelFile, writeModelFile } from '../../../src-main/models/model-file.ts';
import { openStore, type Store } from '../../../src-main/store/store.ts';
import { demoSeries } from '../../../src-main/synth/demo.ts';
import { fingerprintOfMarket } from '../../../src-main/synth/fingerprint.ts';
import { MIX_WITHOUT_SERIES, type MarketParameters } from '../../../src-main/synth/parameters.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { DATASET } from '../renderer/dataset-samples.ts';
import { FITTED, SHORT_CROSS, untrained } from '../models/fixtures.ts';
import { PARAMETERS } from '../synth/parameters.ts';
import type { DatasetInfo } from '../../../src-main/contract/datasets.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';

let folder: string;
let store: Store;
const reopen = () => {
  store.close();
  store = openWorkspace(folder, 'write');
};
beforeEach(() => {
  folder = dataFolder();
  store = openStore(folder);
});
afterEach(() => store.close());

const NOW = 1_700_000_000 as UtcSeconds;
const bars = demoSeries(PARAMETERS, 1);
const span = { from: bars.time[0], to: bars.time.at(-1) };

function keepSeries(symbol: string): void {
  const source = { name: `${symbol}_H1`, symbol, timeframe: 'H1', clock: 'utc' } as const;
  store.series.add({ ...source, synthetic: false, sourceName: 'x', sourceSha256: 'x' }, bars);
}

/** A model and a dataset as the versions before wrote them: they name their market by its fingerprint. */
function keepOlder(name: string, market: MarketParameters): void {
  const spec = {
    seed: 1,
    exit: EXIT_RULES.cross,
    mix: MIX_WITHOUT_SERIES,
    pathBars: PATH_BARS,
    tradesAPath: 8,
    leverage: { from: 5, to: 40 },
    brokerLeverage: 20,
  };
  const quota = { kind: 'natural', trades: 100 } as const;
  const origin = originOf(spec, quota, { parameters: market, bootstrapSource: null });
  const { fitted: _, ...info } = { ...DATASET, name };
  store.datasets.save(name, [], () => ({ info: info as DatasetInfo, origin }));
  const model = untrained(1);
  const { fitted: __, ...provenance } = model.provenance;
  const dataset = { ...provenance.dataset, description: JSON.stringify(origin) };
  const file = writeModelFile({ ...model, name, provenance: { ...provenance, dataset } });
  const row = { name, kind: 'v3', exit: 'cross 8/32', bundled: false, scope: null } as const;
  store.models.save({ ...row, trainedAt: NOW, trades: 1, file });
}

const fittedOf = (name: string) => [
  store.models.list().find((model) => model.name === name)!.scope!.fitted,
  store.datasets.info(name).fitted,
];

it('models and datasets of earlier versions go back to the bars of their market, where it is known', () => {
  keepSeries('XAGUSD');
  const { name, parameters: silver } = fitSeries(
    store,
    { series: 'XAGUSD_H1', until: Infinity as UtcSeconds, name: null },
    NOW,
  );
  expect(name).toBe('silver-h1');
  expect(silver.provenance).toMatchObject({ instrument: 'silver', ...span });
  const { instrument: _, ...provenance } = silver.provenance;
  store.markets.save({ name, json: { ...silver, provenance } });
  keepOlder('of gold', openMarket(store, 'gold-h1').parameters);
  keepOlder('of silver', silver);
  keepOlder('of nothing', { ...PARAMETERS, scaleDeviation: 0.1 });
  reopen();
  expect(openMarket(store, 'silver-h1').parameters).toEqual(silver);
  expect(fittedOf('of gold')).toEqual([FITTED, FITTED]);
  expect(fittedOf('of silver')).toEqual(Array(2).fill({ instrument: 'silver', ...span }));
  expect(fittedOf('of nothing')).toEqual([null, null]);
  expect(store.models.list().find(({ name }) => name === 'of gold')!.scope).toEqual({
    fitted: FITTED,
    timeframe: 'H1',
    exitRule: SHORT_CROSS,
  });
});

it('a market of no known instrument has to be given a name, so that it takes the place of none', () => {
  keepSeries('EURUSD');
  const until = Infinity as UtcSeconds;
  expect(() => fitSeries(store, { series: 'EURUSD_H1', until, name: null }, NOW)).toThrow(
    'EURUSD is no instrument that is known',
  );
  expect(store.markets.list()).toEqual([]);
  const { parameters } = fitSeries(store, { series: 'EURUSD_H1', until, name: 'euro' }, NOW);
  expect(parameters.provenance.instrument).toBeNull();
});

it('a market whose series is gone is of the instrument that the name of the series is read as', () => {
  const { instrument: _, ...provenance } = PARAMETERS.provenance;
  const named = (seriesName: string) => ({
    ...PARAMETERS,
    provenance: { ...provenance, seriesName },
  });
  store.markets.save({ name: 'a', json: named('XAGUSD_H1') });
  store.markets.save({ name: 'b', json: named('made up') });
  expect(openMarket(store, 'a').parameters.provenance.instrument).toBe('silver');
  expect(openMarket(store, 'b').parameters.provenance.instrument).toBeNull();
});

it('the bundled market and model say that they are of gold; the model of before is the same one', () => {
  const { parameters } = openMarket(store, 'gold-h1');
  expect(parameters.provenance.instrument).toBe('gold');
  reopen();
  const [bundled] = store.models.list();
  expect(bundled!.scope).toEqual({
    fitted: FITTED,
    timeframe: 'H1',
    exitRule: EXIT_RULES.cross,
  });
  const model = readModelFile(readResource('models/v3-cross-gold.json').toString('utf8'));
  const { market } = JSON.parse(model.provenance.dataset.description) as { market: string };
  expect(market).toBe(fingerprintOfMarket(parameters));
  const { fitted: _, ...provenance } = model.provenance;
  const before = new TextEncoder().encode(writeModelFile({ ...model, provenance }));
  expect(importModel(store, 'before.json', before)).toEqual(bundled);
});
