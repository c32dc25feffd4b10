import {
  firstOpeningAfter,
  firstOpeningFrom,
  sliceBars,
  type Bars,
} from '../../domain/bars/bars.ts';
import { CodedError } from '../../contract/errors.ts';
import { instrumentOf, INSTRUMENTS } from '../../domain/instrument.ts';
import { datasetOrigin } from '../../datasets/origin.ts';
import { fingerprintOf, fingerprintOfMarket } from '../../synth/fingerprint.ts';
import { fitMarket } from '../../synth/fit.ts';
import { fittedBarsOf, marketParameters, type MarketParameters } from '../../synth/parameters.ts';
import type { FittedBars } from '../../contract/instrument.ts';
import type { MarketSource } from '../../synth/market.ts';
import { hasResource, readResource } from '../folder/resources.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { Store } from '../../store/store.ts';

/** The file of a market that comes with the app; null where none of the name does. */
function bundledFile(name: string): string | null {
  const file = `market/${name}.json`;
  const isUsual = Object.values(INSTRUMENTS).some(({ market }) => market === name);
  return isUsual && hasResource(file) ? file : null;
}

/**
 * Fits the synthetic market to the bars of a series that open before `until`, and keeps it under a
 * name: the usual one of its instrument for null. Throws `bad-argument` for a series of none.
 */
export function fitSeries(
  store: Store,
  plan: { series: string; until: UtcSeconds; name: string | null },
  now: UtcSeconds,
): { name: string; parameters: MarketParameters } {
  const bars = store.series.bars(plan.series);
  const training = sliceBars(bars, 0, firstOpeningFrom(bars, plan.until));
  const info = store.series.info(plan.series);
  const instrument = instrumentOf(info);
  const name = plan.name ?? instrument?.market;
  if (name === undefined) {
    const problem = `${info.symbol} is no instrument that is known: give its market a name (--name)`;
    throw new CodedError('bad-argument', { problem });
  }
  const parameters = fitMarket(
    training,
    { name: plan.series, instrument: instrument?.id ?? null },
    now,
  );
  store.markets.save({ name, json: parameters });
  return { name, parameters };
}

/**
 * Fitted parameters by name, with the real bars that they were fitted to where a stored series still
 * has them. Throws `bad-argument` for an unknown name.
 */
export function openMarket(store: Store, name: string): MarketSource {
  const stored = store.markets.read(name);
  const bundled = bundledFile(name);
  if (stored === null && bundled === null) {
    throw new CodedError('bad-argument', { problem: `There is no fitted market named "${name}".` });
  }
  const parameters = withInstrument(store, marketParameters.parse(stored ?? readJson(bundled!)));
  return { parameters, bootstrapSource: fittedBars(store, parameters) };
}

const readJson = (file: string) => JSON.parse(readResource(file).toString('utf8')) as unknown;

/** Markets of earlier versions name no instrument: it is that of their series, or of its name. */
function withInstrument(store: Store, parameters: MarketParameters): MarketParameters {
  const { provenance } = parameters;
  if (provenance.instrument !== undefined) return parameters;
  const { seriesName } = provenance;
  const series = store.series.list().find(({ name }) => name === seriesName);
  const found = instrumentOf(series ?? { symbol: seriesName, synthetic: false });
  return { ...parameters, provenance: { ...provenance, instrument: found?.id ?? null } };
}

/**
 * The bars that a market was fitted to, by the fingerprint of its parameters, for what was made before
 * that was written down: of all markets that the store and the app know.
 */
export function fittedBarsByMarket(store: Store): ReadonlyMap<string, FittedBars> {
  const bundled = Object.values(INSTRUMENTS).map(({ market }) => bundledFile(market));
  const known = [
    ...bundled.flatMap((file) => (file === null ? [] : [readJson(file)])),
    ...store.markets.list().map((name) => store.markets.read(name)),
  ];
  return new Map(
    known.flatMap((json) => {
      const { data } = marketParameters.safeParse(json);
      if (!data) return [];
      return [[fingerprintOfMarket(data), fittedBarsOf(withInstrument(store, data))] as const];
    }),
  );
}

/** Writes down which bars datasets of earlier versions go back to, where it can be known. */
export function keepFittedBars(store: Store): void {
  const unknown = store.datasets.list().filter(({ fitted }) => fitted === null);
  if (unknown.length === 0) return;
  const known = fittedBarsByMarket(store);
  for (const { name } of unknown) {
    const origin = datasetOrigin.safeParse(store.datasets.origin(name)).data;
    const fitted = origin && known.get(origin.market);
    if (fitted) store.datasets.keepFitted(name, fitted);
  }
}

function fittedBars(store: Store, { provenance }: MarketParameters): Bars | null {
  const { from, to, bars: count, fingerprint } = provenance;
  for (const info of store.series.list()) {
    if (info.from > from || info.to < to || info.bars < count) continue;
    const bars = store.series.bars(info.name);
    const end = firstOpeningAfter(bars, to as UtcSeconds);
    const piece = sliceBars(bars, firstOpeningFrom(bars, from as UtcSeconds), end);
    if (fingerprintOf(piece) === fingerprint) return piece;
  }
  return null;
}
