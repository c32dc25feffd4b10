import { openSeconds, type MarketHours } from '../time/market-hours.ts';
import type { UtcSeconds } from '../units.ts';

/** How much later than its step the next bar may come before the one before is called stale. */
const GRACE = 900;
/** A count of open time goes no further: what is this old is stale however long it is. */
const OLDEST = 7 * 86_400;

/** How current the newest bar of a feed is. */
export interface Staleness {
  readonly kind: 'current' | 'closed' | 'stale';
  /** Seconds since the bar closed, and how many there may be in which the market was open. */
  readonly age: number;
  readonly limit: number;
}

/**
 * A bar is current for a step and a quarter of an hour after its close. Hours in which it does
 * not trade do not count, and while it does not, nothing is stale.
 */
export function staleness(
  closedAt: UtcSeconds,
  stepSeconds: number,
  now: UtcSeconds,
  hours: MarketHours,
): Staleness {
  const limit = stepSeconds + GRACE;
  const age = now - closedAt;
  const inTrade = openSeconds(hours, closedAt, now, OLDEST);
  const kind = inTrade > limit ? 'stale' : hours.isOpen(now) ? 'current' : 'closed';
  return { kind, age, limit };
}
