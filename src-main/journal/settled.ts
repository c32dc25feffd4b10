import { isDeepStrictEqual } from 'node:util';
import { feasibleCount } from '../domain/account/broker.ts';
import { ounces, SIZES } from '../domain/size.ts';
import { resultOf } from './what-if.ts';
import type { PastTrade } from './past-trade.ts';
import type { UsdPerOunce, UtcSeconds } from '../domain/units.ts';
import type { EntryRows } from './sources.ts';

const KIND = 'settled';

/** What a decision came to at its exit, by the account and the rules that it was made under. */
interface Settled {
  readonly closedAt: UtcSeconds;
  readonly closePrice: UsdPerOunce;
  /** Of each size, smallest first; null where margin did not carry it. */
  readonly outcomes: readonly ({
    /** Bars after the entry; null where it lived. */
    readonly liquidatedAfter: number | null;
    readonly return: number;
  } | null)[];
}

/** Decisions as they ended, each a row of its own that stays; where bars tell otherwise later, one more. */
export class SettledDecisions {
  readonly #entries: EntryRows;
  /** Paths that were settled already, by the closes of their bars. */
  readonly #done = new WeakSet<Float64Array>();

  constructor(entries: EntryRows) {
    this.#entries = entries;
  }

  /** Settles what has ended since. Throws `folder-unusable`. */
  keep(decisions: readonly PastTrade[], writtenAt: UtcSeconds): void {
    const fresh = decisions.filter(({ own }) => own?.path && !this.#done.has(own.closes!));
    if (fresh.length === 0) return;
    const kept = this.#entries.newest(KIND);
    for (const past of fresh) {
      const entry = settledOf(past);
      if (entry && !isDeepStrictEqual(kept.get(past.key)?.entry, entry)) {
        this.#entries.write({ subject: past.key, kind: KIND, writtenAt, entry });
      }
      this.#done.add(past.own!.closes!);
    }
  }

  /** When a decision was settled last; null while it is open. */
  settledAt({ key, own }: PastTrade): UtcSeconds | null {
    return own?.path ? (this.#entries.newest(KIND).get(key)?.writtenAt ?? null) : null;
  }
}

function settledOf({ own, closedAt, closePrice, openPrice }: PastTrade): Settled | null {
  if (!own?.path || closedAt === null || closePrice === null) return null;
  const { path, account } = own;
  const carried = feasibleCount(account.equity, openPrice, account.rules);
  const outcomes = SIZES.map((size) => {
    const result = size <= carried ? resultOf(path, ounces(size), account) : null;
    if (!result) return null;
    const { liquidatedAfter, return: came } = result;
    return { liquidatedAfter: liquidatedAfter < 0 ? null : liquidatedAfter, return: came };
  });
  return { closedAt, closePrice, outcomes };
}
