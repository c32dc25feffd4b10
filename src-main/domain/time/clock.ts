import { newYorkOffset } from './new-york.ts';
import type { UtcSeconds } from '../units.ts';

/** `utc`, `new-york-close` (MetaTrader servers), or what is ahead of UTC, such as `+02:00`. */
type Clock = string;

export const MINUTE = 60;
export const HOUR = 3_600;
export const DAY = 86_400;

/** MetaTrader servers close their day at 17:00 in New York: their clock runs 7 h ahead of it. */
export const AHEAD_OF_NEW_YORK = 7 * HOUR;

/** UTC of what a New York clock shows; of the hour that autumn repeats, the first time round. */
export function utcOfNewYork(shown: number): UtcSeconds {
  const daylight = (shown + 4 * HOUR) as UtcSeconds;
  return newYorkOffset(daylight) === -4 * HOUR ? daylight : ((shown + 5 * HOUR) as UtcSeconds);
}

/** Seconds that a fixed clock is ahead of UTC. */
function fixedOffset(clock: Clock): number {
  if (clock === 'utc') return 0;
  const seconds = Number(clock.slice(1, 3)) * HOUR + Number(clock.slice(4)) * MINUTE;
  return clock.startsWith('-') ? -seconds : seconds;
}

/** How far a clock is ahead of UTC, in seconds, at any moment. */
export function aheadOfUtc(clock: Clock): (time: UtcSeconds) => number {
  if (clock === 'new-york-close') return (time) => newYorkOffset(time) + AHEAD_OF_NEW_YORK;
  const offset = fixedOffset(clock);
  return () => offset;
}

/** Times of a file's clock in UTC seconds, a new array. */
export function toUtc(time: Float64Array, clock: Clock): Float64Array {
  if (clock !== 'new-york-close') {
    const offset = fixedOffset(clock);
    return time.map((shown) => shown - offset);
  }
  // The offset changes at a whole hour only, so it is looked up once an hour.
  let hour = NaN;
  let shift = 0;
  return time.map((shown) => {
    const newYork = shown - AHEAD_OF_NEW_YORK;
    if (Math.floor(newYork / HOUR) !== hour) {
      hour = Math.floor(newYork / HOUR);
      shift = utcOfNewYork(newYork) - shown;
    }
    return shown + shift;
  });
}

/** 7200 as +02:00. */
export function offsetName(seconds: number): string {
  const minutes = Math.abs(seconds) / MINUTE;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The clock that is always so many seconds ahead of UTC. */
export const fixedClock = (offset: number): Clock => (offset === 0 ? 'utc' : offsetName(offset));

/** A file's time as it is quoted in a problem. */
export const clockTime = (shown: number) =>
  new Date(shown * 1000).toISOString().replace('T', ' ').slice(0, 19);
