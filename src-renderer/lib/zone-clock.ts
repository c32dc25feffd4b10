const HOUR = 3_600;
const WEEK = 7 * 24 * HOUR;

/** How far a zone's clock is ahead of UTC at a moment, in seconds, daylight saving and all. */
export type OffsetOf = (time: number) => number;

/** From the time zone database of the system; read once for each week, more often where the clock changes. */
export function offsetOf(zone: string): OffsetOf {
  if (zone === 'UTC') return () => 0;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const read = (time: number) => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(time * 1000)) part[type] = Number(value);
    const { year, month, day, hour, minute, second } = part as Record<string, number> & {
      [K in 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second']: number;
    };
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - Math.floor(time);
  };
  const weeks = new Map<number, number | null>();
  const ofWeek = (week: number) => {
    const known = weeks.get(week);
    if (known !== undefined) return known;
    const [first, last] = [read(week * WEEK), read((week + 1) * WEEK - 1)];
    const offset = first === last ? first : null;
    weeks.set(week, offset);
    return offset;
  };
  return (time) => ofWeek(Math.floor(time / WEEK)) ?? read(time);
}

/**
 * Times of bars as the zone's clock shows them, for an axis that needs each later than the one
 * before: an hour that the clock shows twice comes a second after the other.
 */
export function wallTimes(times: readonly number[], offset: OffsetOf): number[] {
  let last = -Infinity;
  return times.map((time) => {
    const shown = time + offset(time);
    last = shown > last ? shown : last + 1;
    return last;
  });
}
