import type { PastOutcome, UncoveredReason } from '../contract/journal.ts';
import type { Direction, Fraction, Ounces, UsdPerOunce, UtcSeconds } from '../domain/units.ts';
import type { SettledPath } from './what-if.ts';

/** A trade that was taken or recommended, with what bars show of it. */
export interface PastTrade {
  /** "d12" of a decision, "t1001:77" of an account's ticket. */
  readonly key: string;
  readonly source: 'decision' | 'statement';
  readonly series: string | null;
  readonly symbol: string;
  readonly account: string | null;
  readonly direction: Direction;
  readonly openedAt: UtcSeconds;
  readonly openPrice: UsdPerOunce;
  readonly closedAt: UtcSeconds | null;
  readonly closePrice: UsdPerOunce | null;
  readonly taken: Ounces | null;
  /** Null where bars say nothing of it, for the reason beside. */
  readonly path: SettledPath | null;
  readonly why: UncoveredReason | null;
  readonly adverse: Fraction | null;
  readonly favourable: Fraction | null;
  readonly note: string;
  readonly tags: readonly string[];
  /** In lower case, what a search looks in. */
  readonly words: string;
}

export type { PastOutcome };
