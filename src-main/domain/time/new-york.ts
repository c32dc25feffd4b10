import type { UtcSeconds } from '../units.ts';

const DAY = 86_400;
const HOUR = 3_600;

/** 0 = Sunday. 1970-01-01 was a Thursday. */
export const weekday = (daysSinceEpoch: number) => (((daysSinceEpoch + 4) % 7) + 7) % 7;

/** Days since the epoch of the n-th Sunday (n from 1) of a month (0 = January). */
function nthSunday(year: number, month: number, n: number): number {
  const first = Date.UTC(year, month, 1) / 1000 / DAY;
  return first + ((7 - weekday(first)) % 7) + (n - 1) * 7;
}

/** Start and end of daylight saving of a year, UTC seconds. The rule holds since 2007. */
function daylightSaving(year: number): { from: number; to: number } {
  if (year >= 2007) {
    return {
      from: nthSunday(year, 2, 2) * DAY + 7 * HOUR,
      to: nthSunday(year, 10, 1) * DAY + 6 * HOUR,
    };
  }
  // 1987 to 2006: first Sunday of April, last Sunday of October.
  const lastOfOctober = nthSunday(year, 9, 5);
  const october = Date.UTC(year, 10, 1) / 1000 / DAY;
  return {
    from: nthSunday(year, 3, 1) * DAY + 7 * HOUR,
    to: (lastOfOctober < october ? lastOfOctober : lastOfOctober - 7) * DAY + 6 * HOUR,
  };
}

const startOf = (year: number) => Date.UTC(year, 0, 1) / 1000;
/** The year asked for last: callers walk through time, and a Date for every bar would cost most. */
let cached = { begins: NaN, ends: NaN, from: NaN, to: NaN };

/** Seconds that a New York clock is ahead of UTC (-5 h, or -4 h in daylight saving), 1987 on. */
export function newYorkOffset(time: UtcSeconds): number {
  if (!(time >= cached.begins && time < cached.ends)) {
    const year = new Date(time * 1000).getUTCFullYear();
    cached = { begins: startOf(year), ends: startOf(year + 1), ...daylightSaving(year) };
  }
  return time >= cached.from && time < cached.to ? -4 * HOUR : -5 * HOUR;
}

/** Rollover: 17:00 in New York, when brokers book the swap. */
const ROLLOVER = 17 * HOUR;
/** Swap nights booked from Sunday to each weekday; Wednesday books the weekend too. */
const NIGHTS_SINCE_SUNDAY = [0, 1, 2, 5, 6, 7, 7];

/**
 * Swap nights booked from the epoch up to and including `time`. The difference of two times is the
 * number of nights that a position held between them pays for.
 */
export function swapNights(time: UtcSeconds): number {
  const day = Math.floor((time + newYorkOffset(time) - ROLLOVER) / DAY);
  const week = Math.floor((day + 4) / 7);
  return week * 7 + NIGHTS_SINCE_SUNDAY[weekday(day)]!;
}
