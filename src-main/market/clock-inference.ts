import type { Clock } from '../contract/series.ts';
import { DAY, fixedClock, HOUR, MINUTE, offsetName, utcOfNewYork } from '../domain/time/clock.ts';
import { newYorkOffset, weekday } from '../domain/time/new-york.ts';
import type { UtcSeconds } from '../domain/units.ts';

/** The clock that the bars themselves show, or null, and the evidence in a sentence. */
export interface InferredClock {
  readonly clock: Clock | null;
  readonly evidence: string;
}

/**
 * Gold pauses every day from 17:00 to 18:00 in New York, and from Friday's 17:00 to Sunday's 18:00;
 * currencies open on Sunday at 17:00. How far the file's clock is ahead of UTC shows in where it
 * puts these openings: winter, summer, and the weeks between when only America has changed its clock.
 */
type Season = 'winter' | 'summer' | 'between';

interface Opening {
  readonly season: Season;
  /** Seconds that the file's clock is ahead of UTC. */
  readonly offset: number;
}

const WEEK = 7 * DAY;
/** An opening late by a few quiet minutes still counts for its quarter of an hour. */
const QUARTER = 15 * MINUTE;
const FEWEST_OPENINGS = 5;
const FEWEST_IN_SEASON = 3;
/** Share of a season's openings that must agree: holidays open at odd hours. */
const AGREEING = 0.75;

/** Clock by the opening hours of bars of `step` seconds; `time` as the file writes it. */
export function inferClock(time: Float64Array, step: number): InferredClock {
  if (step > HOUR) {
    return unknown('The bars are too long to show the hour at which the market opens.');
  }
  const weekends = weekendOpenings(time, step);
  if (weekends.length === 0) {
    return unknown('The bars hold no weekend pause of 48 or 49 hours to read it from.');
  }
  const days = dailyOpenings(time, step, mode(weekends.map(({ offset }) => offset)));
  const openings = [...weekends, ...days];
  const seen = `${count(weekends.length, 'weekend')} and ${count(days.length, 'daily pause')}`;
  if (openings.length < FEWEST_OPENINGS) return unknown(`There are only ${seen} to read it from.`);

  const offsets = new Map<Season, number>();
  for (const season of ['winter', 'summer', 'between'] as const) {
    const found = openings.filter((o) => o.season === season).map(({ offset }) => offset);
    if (found.length < FEWEST_IN_SEASON) continue;
    const modal = mode(found);
    const agreeing = found.filter((offset) => offset === modal).length;
    if (agreeing < AGREEING * found.length) {
      return unknown(`The market opens at changing hours (${seen}).`);
    }
    offsets.set(season, modal);
  }
  return clockOf(offsets, seen);
}

function clockOf(offsets: ReadonlyMap<Season, number>, seen: string): InferredClock {
  const distinct = [...new Set(offsets.values())];
  const fitsNewYork = [...offsets].every(
    ([season, offset]) => offset === (season === 'winter' ? 2 : 3) * HOUR,
  );
  if (fitsNewYork) {
    const [when, also] =
      distinct.length > 1
        ? [', winter and summer alike,', '']
        : ['', `; ${offsetName(distinct[0]!)} would read these bars the same`];
    return {
      clock: 'new-york-close',
      evidence: `New York + 7 h: the market reopens by this clock${when} after ${seen}${also}.`,
    };
  }
  const [offset] = distinct;
  if (distinct.length === 1 && Math.abs(offset!) <= 14 * HOUR) {
    const ahead = offset === 0 ? 'UTC' : `UTC ${offsetName(offset!)}`;
    return {
      clock: fixedClock(offset!),
      evidence: `${ahead}: the market reopens by this clock after ${seen}.`,
    };
  }
  const listed = [...offsets].map(([season, o]) => `${offsetName(o)} in ${SEASON_NAMES[season]}`);
  return unknown(`It is ${listed.join(', ')}, which is none of the known clocks.`);
}

const SEASON_NAMES: Record<Season, string> = {
  winter: 'winter',
  summer: 'summer',
  between: 'the weeks when only America has changed its clock',
};

const unknown = (evidence: string): InferredClock => ({ clock: null, evidence });

const count = (n: number, noun: string) =>
  `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;

/** Seconds without a bar before bar i. */
const pauseBefore = (time: Float64Array, step: number, i: number) => time[i]! - time[i - 1]! - step;

/** Noon of the first Sunday after the epoch, UTC. */
const FIRST_SUNDAY = 3 * DAY + 12 * HOUR;

function weekendOpenings(time: Float64Array, step: number): Opening[] {
  const openings: Opening[] = [];
  for (let i = 1; i < time.length; i++) {
    const pause = pauseBefore(time, step, i);
    if (pause < 48 * HOUR || pause > 50 * HOUR) continue;
    const hour = pause < 48 * HOUR + 2 * QUARTER ? 17 : 18;
    // The Sunday nearest to the opening, whatever the clock's offset of at most 14 hours.
    const sunday = Math.round((time[i]! - 11 * HOUR - FIRST_SUNDAY) / WEEK) * WEEK + FIRST_SUNDAY;
    openings.push(opening(time[i]!, sunday - 12 * HOUR + hour * HOUR));
  }
  return openings;
}

/** Openings after the daily pause, on the days that `offset` puts them. */
function dailyOpenings(time: Float64Array, step: number, offset: number): Opening[] {
  const openings: Opening[] = [];
  for (let i = 1; i < time.length; i++) {
    const pause = pauseBefore(time, step, i);
    if (pause < HOUR - 5 * MINUTE || pause > 2 * HOUR - 5 * MINUTE) continue;
    const day = Math.round((time[i]! - offset - 22.5 * HOUR) / DAY) * DAY;
    openings.push(opening(time[i]!, day + 18 * HOUR));
  }
  return openings;
}

/** An opening that the file shows at `shown` and New York's clock at `newYork`. */
function opening(shown: number, newYork: number): Opening {
  const utc = utcOfNewYork(newYork);
  const offset = Math.round((shown - utc) / QUARTER) * QUARTER;
  if (newYorkOffset(utc) === -5 * HOUR) return { season: 'winter', offset };
  return { season: isEuropeanSummer(utc) ? 'summer' : 'between', offset };
}

/** Europe's daylight saving: last Sunday of March to last Sunday of October, 01:00 UTC. */
function isEuropeanSummer(utc: UtcSeconds): boolean {
  const year = new Date(utc * 1000).getUTCFullYear();
  const lastSunday = (month: number) => {
    const last = Date.UTC(year, month + 1, 0) / 1000 / DAY;
    return (last - weekday(last)) * DAY + HOUR;
  };
  return utc >= lastSunday(2) && utc < lastSunday(9);
}

/** The most frequent value. */
function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
