import type { SeriesInfo } from '../contract/schemas.ts';
import type { Bars } from '../domain/bars.ts';
import type { Store } from '../store/store.ts';

/** The bars of the series that the desk shows, kept in memory while the store holds the same. */
export class SeriesCache {
  readonly #store: Store;
  #held: { info: SeriesInfo; bars: Bars } | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Throws `no-series`. */
  read(name: string): { info: SeriesInfo; bars: Bars } {
    const info = this.#store.series.info(name);
    if (!this.#held || !isSame(this.#held.info, info)) {
      this.#held = { info, bars: this.#store.series.bars(name) };
    }
    return this.#held;
  }
}

/** Stored bars never change their values, only grow at either end: so these tell any change. */
const isSame = (a: SeriesInfo, b: SeriesInfo) =>
  a.name === b.name && a.bars === b.bars && a.from === b.from && a.to === b.to;
