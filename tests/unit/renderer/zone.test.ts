import { afterEach, describe, expect, it } from 'vitest';
import { clockTime, closedText, dateTime } from '../../../src-renderer/lib/format.ts';
import { offsetOf, wallTimes } from '../../../src-renderer/lib/zone-clock.ts';
import { zone } from '../../../src-renderer/lib/zone.svelte.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';

const at = (iso: string) => (Date.parse(`${iso}Z`) / 1000) as UtcSeconds;
const HOUR = 3_600;

afterEach(() => (zone.name = 'UTC'));

describe('a time zone', () => {
  it('is ahead of UTC by what its clock shows, summer and winter, to the second of the change', () => {
    const berlin = offsetOf('Europe/Berlin');
    expect(berlin(at('2023-01-15T12:00'))).toBe(HOUR);
    expect(berlin(at('2023-03-26T00:59:59'))).toBe(HOUR);
    expect(berlin(at('2023-03-26T01:00:00'))).toBe(2 * HOUR);
    expect(berlin(at('2023-10-29T00:59:59'))).toBe(2 * HOUR);
    expect(berlin(at('2023-10-29T01:00:00'))).toBe(HOUR);
    expect(offsetOf('Asia/Kolkata')(at('2023-06-01T00:00'))).toBe(5.5 * HOUR);
    expect(offsetOf('America/St_Johns')(at('2023-01-01T00:00'))).toBe(-3.5 * HOUR);
  });

  it('agrees with the system at every hour of a year', () => {
    for (const name of ['America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca']) {
      const offset = offsetOf(name);
      const format = new Intl.DateTimeFormat('sv-SE', {
        timeZone: name,
        dateStyle: 'short',
        timeStyle: 'medium',
      });
      for (let time: number = at('2023-01-01T00:30'); time < at('2024-01-01T00:00'); time += HOUR) {
        const shown = at(format.format(time * 1000).replace(' ', 'T'));
        if (time + offset(time) !== shown) expect([name, time, shown]).toBeNull();
      }
    }
  });

  it('is what the times on the desk are read in', () => {
    zone.name = 'America/New_York';
    const close = at('2023-12-22T02:00');
    expect(dateTime(close)).toBe('21 Dec 2023 21:00');
    expect(clockTime(close)).toBe('21:00');
    expect(zone.at(close)).toBe('UTC−5');
    expect(closedText(close, at('2023-12-25T00:00'))).toBe('closed 21:00 UTC−5');
    zone.name = 'Asia/Kolkata';
    expect(zone.at(close)).toBe('UTC+5:30');
  });

  it('tells the moment of what its clock shows, the earlier one where it shows it twice', () => {
    zone.name = 'Europe/Berlin';
    for (const wall of ['2023-01-15T12:00', '2023-07-15T12:00', '2023-10-29T04:00'].map(at)) {
      expect(zone.wall(zone.moment(wall))).toBe(wall);
    }
    expect(zone.moment(at('2023-10-29T02:30'))).toBe(at('2023-10-29T00:30'));
    expect(zone.moment(at('2023-03-26T03:30'))).toBe(at('2023-03-26T01:30'));
  });

  it('leaves an axis in order where its clock is put back', () => {
    const hours = Array.from({ length: 6 }, (_, i) => at('2023-10-28T22:00') + i * HOUR);
    const shown = wallTimes(hours, offsetOf('Europe/Berlin'));
    expect(shown.map((time) => new Date(time * 1000).toISOString().slice(11, 19))).toEqual([
      '00:00:00',
      '01:00:00',
      '02:00:00',
      '02:00:01',
      '03:00:00',
      '04:00:00',
    ]);
    expect(wallTimes(hours, offsetOf('UTC'))).toEqual(hours);
  });
});
