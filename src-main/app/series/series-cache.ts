import { CodedError } from '../../contract/errors.ts';
import { TIMEFRAMES, type SeriesInfo, type Timeframe } from '../../contract/series.ts';
import { aheadOfUtc } from '../../domain/time/clock.ts';
import { resample } from '../../domain/bars/resample.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { Store } from '../../store/store.ts';

/** A series in one step. */
export interface HeldSeries {
  /** In this step: its timeframe, the number of its bars, its first and last. */
  readonly info: SeriesInfo;
  readonly storedAs: Timeframe;
  readonly bars: Bars;
}

/** Series that windows may look at by turns without reading them anew. */
const MOST_HELD = 3;

/** The bars of the series that the windows show, kept in memory until a series changes. */
export class SeriesCache {
  readonly #store: Store;
  /** By name, the one asked for last at the end, in every step that was asked for. */
  readonly #held = new Map<string, Map<Timeframe, HeldSeries>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** In the step that is stored (null), or a longer one made of it. Throws `no-series`, `finer-step`. */
  read(name: string, timeframe: Timeframe | null = null): HeldSeries {
    const steps = this.#held.get(name) ?? this.#readStored(name);
    this.#held.delete(name);
    this.#held.set(name, steps);
    if (this.#held.size > MOST_HELD) this.#held.delete(this.#held.keys().next().value!);
    const [stored] = steps.values();
    const wanted = timeframe ?? stored!.storedAs;
    const held = steps.get(wanted) ?? inLongerStep(stored!, wanted);
    steps.set(wanted, held);
    return held;
  }

  forget(): void {
    this.#held.clear();
  }

  #readStored(name: string): Map<Timeframe, HeldSeries> {
    const info = this.#store.series.info(name);
    const { timeframe } = info;
    const bars = this.#store.series.bars(name);
    return new Map([[timeframe, { info, storedAs: timeframe, bars }]]);
  }
}

function inLongerStep({ info, bars }: HeldSeries, timeframe: Timeframe): HeldSeries {
  const step = TIMEFRAMES[timeframe] * 60;
  const { name, timeframe: storedAs } = info;
  if (step < bars.stepSeconds) {
    throw new CodedError('finer-step', { name, stored: storedAs, asked: timeframe });
  }
  const longer = resample(bars, step, aheadOfUtc(info.clock));
  if (longer.time.length === 0) {
    const problem = `${name} does not hold one whole ${timeframe} bar.`;
    throw new CodedError('bad-argument', { problem });
  }
  const [from, to] = [longer.time[0], longer.time.at(-1)] as [UtcSeconds, UtcSeconds];
  return {
    info: { ...info, timeframe, bars: longer.time.length, from, to },
    storedAs,
    bars: longer,
  };
}
