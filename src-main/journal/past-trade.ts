import type { UncoveredReason } from '../contract/journal.ts';
import type { PastSource } from '../contract/journal-words.ts';
import type {
  Direction,
  Fraction,
  Ounces,
  SizeIndex,
  UsdPerOunce,
  UtcSeconds,
} from '../domain/units.ts';
import type { Account, SettledPath } from './what-if.ts';

/** A decision in its own account, with what was recommended then. */
export interface OwnDecision {
  readonly account: Account;
  readonly recommended: SizeIndex | null;
  /** By the costs of that account; null where bars say nothing of it. */
  readonly path: SettledPath | null;
  /** As far as bars go where its exit has not come; null where it has. */
  readonly running: SettledPath | null;
  /** When each bar from the entry on closed. */
  readonly closes: Float64Array | null;
}

/** A trade that was taken or recommended, with what bars show of it. */
export interface PastTrade {
  /** "d12" of a decision, "t1001:77" of an account's ticket. */
  readonly key: string;
  readonly source: PastSource;
  readonly series: string | null;
  readonly symbol: string;
  readonly account: string | null;
  readonly direction: Direction;
  readonly openedAt: UtcSeconds;
  readonly openPrice: UsdPerOunce;
  readonly closedAt: UtcSeconds | null;
  readonly closePrice: UsdPerOunce | null;
  readonly taken: Ounces | null;
  /** Of a decision: as it was recorded. */
  readonly own: OwnDecision | null;
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
