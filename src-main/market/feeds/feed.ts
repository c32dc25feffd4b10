import type { FormingBar } from '../../contract/feeds.ts';
import type { Bars } from '../../domain/bars/bars.ts';

/** How a feed stands with its source. */
export type Standing =
  | { readonly status: 'live' }
  /** Lost, and why; `nextTryAt` in ms since 1970, null where it is looked for all the time. */
  | { readonly status: 'retrying'; readonly trouble: string; readonly nextTryAt: number | null };

/** What every feed tells, whatever it follows. */
export interface FeedListener {
  /** Bars that have closed since the last ones, oldest first. */
  onClosed(bars: Bars): void;
  /** The bar that still forms; null where none is known to. */
  onForming(bar: FormingBar | null): void;
  /** The source now says something else of a closed bar, and what; null where it no longer does. */
  onDiffering(difference: string | null): void;
  onStanding(standing: Standing): void;
  /** Something came that makes no sense; it was left out. */
  onMalformed(): void;
}

/** Bars that are followed from their source until it is stopped. */
export interface Feed {
  /** Resolved once its first bars are told. Throws what makes it impossible. */
  start(): Promise<void>;
  /** Looks now instead of later. */
  look(): void;
  stop(): void;
}
