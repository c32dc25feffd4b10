import { newYorkOffset, weekday } from './new-york.ts';
import type { UtcSeconds } from '../units.ts';

const DAY = 86_400;
const HOUR = 3_600;
const QUARTER = 900;

/** Whether gold trades: Sunday 18:00 to Friday 17:00 in New York, less the hour from 17:00. */
export function isOpen(time: UtcSeconds): boolean {
  const newYork = time + newYorkOffset(time);
  const day = weekday(Math.floor(newYork / DAY));
  const hour = Math.floor((newYork % DAY) / HOUR);
  if (day === 6 || hour === 17) return false;
  if (day === 0) return hour > 17;
  return day < 5 || hour < 17;
}

/** Seconds of a week, and those in which gold trades: 23 hours on five days. */
const WEEK = 7 * DAY;
const TRADED = 5 * 23 * HOUR;

/** About how long bars of `step` seconds that gold trades for `seconds` take by the calendar. */
export function calendarSeconds(seconds: number, step: number): number {
  if (step >= DAY) return seconds * (7 / 5);
  return seconds < 23 * HOUR ? seconds : seconds * (WEEK / TRADED);
}

/** Seconds from `from` to `to` in which gold traded, by quarters of an hour; no more than `most`. */
export function openSeconds(from: UtcSeconds, to: UtcSeconds, most: number): number {
  let open = 0;
  for (let time = from as number; time < to && open < most; time += QUARTER) {
    if (isOpen(time as UtcSeconds)) open += Math.min(QUARTER, to - time);
  }
  return Math.min(open, most);
}
