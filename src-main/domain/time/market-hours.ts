import { newYorkOffset, weekday } from './new-york.ts';
import type { UtcSeconds } from '../units.ts';

const DAY = 86_400;
const HOUR = 3_600;
const QUARTER = 900;

/** When a market trades. */
export interface MarketHours {
  readonly isOpen: (time: UtcSeconds) => boolean;
  /** About how long bars of `step` seconds that it trades for `seconds` take by the calendar. */
  readonly calendarSeconds: (seconds: number, step: number) => number;
}

/** Of markets that never close. */
export const ALWAYS_OPEN: MarketHours = {
  isOpen: () => true,
  calendarSeconds: (seconds) => seconds,
};

/** Seconds of a week, and those in which metals trade: 23 hours on five days. */
const WEEK = 7 * DAY;
const TRADED = 5 * 23 * HOUR;

/**
 * Sunday 18:00 to Friday 17:00 in New York, less the hour from 17:00. `isHoliday`: whether the market
 * rests at a moment of New York's wall clock (seconds, as if that clock were UTC) beside those hours.
 */
export const metalHours = (isHoliday: (newYork: number) => boolean = () => false): MarketHours => ({
  isOpen: (time) => {
    const newYork = time + newYorkOffset(time);
    const day = weekday(Math.floor(newYork / DAY));
    const hour = Math.floor((newYork % DAY) / HOUR);
    if (day === 6 || hour === 17 || isHoliday(newYork)) return false;
    if (day === 0) return hour > 17;
    return day < 5 || hour < 17;
  },
  calendarSeconds: (seconds, step) => {
    if (step >= DAY) return seconds * (7 / 5);
    return seconds < 23 * HOUR ? seconds : seconds * (WEEK / TRADED);
  },
});

/** Seconds from `from` to `to` in which the market was open, by quarters of an hour; no more than `most`. */
export function openSeconds(
  { isOpen }: MarketHours,
  from: UtcSeconds,
  to: UtcSeconds,
  most: number,
): number {
  let open = 0;
  for (let time = from as number; time < to && open < most; time += QUARTER) {
    if (isOpen(time as UtcSeconds)) open += Math.min(QUARTER, to - time);
  }
  return Math.min(open, most);
}
