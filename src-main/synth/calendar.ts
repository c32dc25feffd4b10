import { newYorkOffset } from '../domain/time/new-york.ts';
import type { UtcSeconds } from '../domain/units.ts';

/**
 * Trading hours of gold: Sunday 18:00 to Friday 17:00 in New York with a break at 17:00 each day,
 * 23 bars a day, 115 a week; in UTC an hour later in winter. A slot counts those hours.
 */
const HOUR = 3_600;
const DAY = 86_400;
const SLOTS_A_DAY = 23;
export const SLOTS_A_WEEK = 5 * SLOTS_A_DAY;

/** Sunday 2001-01-07 18:00 on a New York wall clock, as if that clock were UTC. */
const FIRST_SLOT = Date.UTC(2001, 0, 7, 18) / 1000;

/** Slot 0 of a week opens it: between the bar before and this one lies a weekend. */
export const opensWeek = (slot: number) => slot % SLOTS_A_WEEK === 0;

/** Hour of day in New York, 0 to 23, of a slot. */
export const newYorkHour = (slot: number) => (18 + (slot % SLOTS_A_DAY)) % 24;

/** UTC opening of a slot. */
function openingOf(slot: number): number {
  const day = Math.floor(slot / SLOTS_A_DAY);
  const weekends = 2 * Math.floor(day / 5);
  const wall = FIRST_SLOT + (day + weekends) * DAY + (slot % SLOTS_A_DAY) * HOUR;
  // Clocks change while the market rests, so five hours more or less do not change the offset.
  return wall - newYorkOffset((wall + 5 * HOUR) as UtcSeconds);
}

/** Writes the UTC openings of consecutive slots. */
export function fillTimes(time: Float64Array, firstSlot: number): void {
  let inWeek = firstSlot % SLOTS_A_WEEK;
  let inDay = firstSlot % SLOTS_A_DAY;
  for (let i = 0; i < time.length; i++) {
    if (i === 0 || inWeek === 0) time[i] = openingOf(firstSlot + i);
    else time[i] = time[i - 1]! + (inDay === 0 ? 2 : 1) * HOUR;
    if (++inDay === SLOTS_A_DAY) inDay = 0;
    if (++inWeek === SLOTS_A_WEEK) inWeek = 0;
  }
}

/** The slot of a UTC opening; the time must be one of the calendar's. */
export function slotOf(time: UtcSeconds): number {
  const hours = (time + newYorkOffset(time) - FIRST_SLOT) / HOUR;
  const day = Math.floor(hours / 24);
  return (day - 2 * Math.floor(day / 7)) * SLOTS_A_DAY + (hours - day * 24);
}
