import { CodedError } from '../contract/errors.ts';
import { INSTRUMENTS } from '../domain/instrument.ts';
import { openSeconds } from '../domain/time/market-hours.ts';
import { FEWEST_ENDED, ownExits, type ObservedHolding } from '../domain/exits/own-exits.ts';
import type { OwnExitsFound, KeptTrade } from '../contract/journal.ts';
import type { UtcSeconds } from '../domain/units.ts';
import { keyOf } from './sources.ts';

/** A rule is one of hourly bars: on these every model is trained. */
const HOUR = 3_600;
/** Longer than any rule lasts: the rest of a trade that is held for years changes nothing. */
const LONGEST_SECONDS = 5_000 * HOUR;

/**
 * The trader's own exits out of imported trades, in hours that gold traded. A trade that is open, or
 * that the broker stopped out, tells only how long it was held at least. Throws `too-few-exits`.
 */
export function ownExitsOf(trades: readonly KeptTrade[], account: string | null): OwnExitsFound {
  const ofAccount = trades.filter((trade) => account === null || trade.account === account);
  // Nothing is known after the last fill that the statements tell.
  const known = ofAccount.reduce(
    (last, { openedAt, closedAt }) => Math.max(last, closedAt ?? openedAt),
    0,
  ) as UtcSeconds;
  const observed = ofAccount.map(({ openedAt, closedAt, stoppedOut }): ObservedHolding => ({
    bars: openSeconds(INSTRUMENTS.gold.hours, openedAt, closedAt ?? known, LONGEST_SECONDS) / HOUR,
    ended: closedAt !== null && !stoppedOut,
  }));
  const found = ownExits(observed);
  if (found.kind === 'rule') {
    const { rule, ended, censored, cut, steps } = found;
    return { rule, ended, censored, cut, steps: [...steps] };
  }
  if (found.reason === 'too-few') {
    const { ended, censored } = found;
    throw new CodedError('too-few-exits', { ended, censored, fewest: FEWEST_ENDED });
  }
  throw new CodedError('internal', {
    problem: `${keyOf(ofAccount[found.trade]!)} ends before it began`,
  });
}
