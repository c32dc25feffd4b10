import type { Publish } from '../contract/events.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { Store } from '../store/store.ts';
import type { Uploads } from './folder/uploads.ts';
import type { SeriesCache } from './series/series-cache.ts';
import type { ModelShelf } from './training/model-shelf.ts';

/** What every room of the app may use. */
export interface Rooms {
  readonly store: Store;
  /** The clock: no room reads another. */
  readonly now: () => UtcSeconds;
  readonly publish: Publish;
  readonly uploads: Uploads;
  readonly series: SeriesCache;
  readonly models: ModelShelf;
}
