import {
  firstOpeningAfter,
  firstOpeningFrom,
  sliceBars,
  type Bars,
} from '../../domain/bars/bars.ts';
import { CodedError } from '../../contract/errors.ts';
import { INSTRUMENTS } from '../../domain/instrument.ts';
import { fingerprintOf } from '../../synth/fingerprint.ts';
import { fitMarket } from '../../synth/fit.ts';
import { marketParameters, type MarketParameters } from '../../synth/parameters.ts';
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

/** Fits the synthetic market to the bars of a series that open before `until`, and keeps it. */
export function fitSeries(
  store: Store,
  plan: { series: string; until: UtcSeconds; name: string },
  now: UtcSeconds,
): MarketParameters {
  const bars = store.series.bars(plan.series);
  const training = sliceBars(bars, 0, firstOpeningFrom(bars, plan.until));
  const parameters = fitMarket(training, plan.series, now);
  store.markets.save({ name: plan.name, json: parameters });
  return parameters;
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
  const json = stored ?? (JSON.parse(readResource(bundled!).toString('utf8')) as unknown);
  const parameters = marketParameters.parse(json);
  return { parameters, bootstrapSource: fittedBars(store, parameters) };
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
