import { describe, expect, it } from 'vitest';
import { countGaps, gapsIn, missingBetween } from '../../../src-main/domain/bars/gaps.ts';
import { INSTRUMENTS } from '../../../src-main/domain/instrument.ts';
import {
  ALWAYS_OPEN,
  metalHours,
  openSeconds,
} from '../../../src-main/domain/time/market-hours.ts';
import { staleness } from '../../../src-main/domain/answer/staleness.ts';
import { spanText } from '../../../src-main/domain/answer/wording.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';

const at = (iso: string) => (Date.parse(iso) / 1000) as UtcSeconds;
const HOUR = 3_600;
const { hours: GOLD } = INSTRUMENTS.gold;
const { isOpen, calendarSeconds } = GOLD;
/** In winter New York is five hours behind UTC: Friday's close is 22:00 UTC, Sunday's open 23:00. */
const FRIDAY = '2023-12-15';

describe('when gold trades', () => {
  it('closes for the week-end and for an hour each day, by New York’s clock', () => {
    expect(isOpen(at(`${FRIDAY}T21:59:59Z`))).toBe(true);
    expect(isOpen(at(`${FRIDAY}T22:00:00Z`))).toBe(false);
    expect(isOpen(at('2023-12-17T22:59:59Z'))).toBe(false);
    expect(isOpen(at('2023-12-17T23:00:00Z'))).toBe(true);
    expect(isOpen(at('2023-12-13T22:30:00Z'))).toBe(false);
    // In summer it is an hour earlier.
    expect(isOpen(at('2023-07-12T21:30:00Z'))).toBe(false);
    expect(isOpen(at('2023-07-12T22:00:00Z'))).toBe(true);
  });

  it('rests on a holiday, and other markets never do', () => {
    const christmas = Date.UTC(2023, 11, 25) / 1000;
    const { isOpen: isOpenBut } = metalHours(
      (newYork) => newYork >= christmas && newYork < christmas + 86_400,
    );
    expect(isOpenBut(at('2023-12-25T12:00:00Z'))).toBe(false);
    expect(isOpenBut(at('2023-12-26T12:00:00Z'))).toBe(true);
    expect(ALWAYS_OPEN.isOpen(at('2023-12-16T12:00:00Z'))).toBe(true);
    expect(ALWAYS_OPEN.calendarSeconds(115 * HOUR, HOUR)).toBe(115 * HOUR);
  });

  it('counts no hour of a week-end', () => {
    const from = at(`${FRIDAY}T20:00:00Z`);
    const to = at('2023-12-18T01:00:00Z');
    expect(openSeconds(GOLD, from, to, 1e9)).toBe(4 * HOUR);
    expect(openSeconds(GOLD, from, to, HOUR)).toBe(HOUR);
  });
});

describe('how long bars take by the calendar', () => {
  it('is what the market was open for on one day, and more over nights and week-ends', () => {
    expect(calendarSeconds(20 * HOUR, HOUR)).toBe(20 * HOUR);
    // A trading week of 115 hours.
    expect(calendarSeconds(115 * HOUR, HOUR)).toBe(7 * 86_400);
    expect(calendarSeconds(10 * 86_400, 86_400)).toBe(14 * 86_400);
  });
});

describe('how current the newest bar is', () => {
  const closedAt = at(`${FRIDAY}T14:00:00Z`);

  it('is stale a quarter of an hour after the next bar should have closed', () => {
    const after = (seconds: number) =>
      staleness(closedAt, HOUR, (closedAt + seconds) as UtcSeconds, GOLD);
    expect(after(4500)).toEqual({ kind: 'current', age: 4500, limit: 4500 });
    expect(after(4501).kind).toBe('stale');
  });

  it('is not stale over a week-end, however long it lasts', () => {
    const last = at(`${FRIDAY}T22:00:00Z`);
    expect(staleness(last, HOUR, at('2023-12-17T12:00:00Z'), GOLD).kind).toBe('closed');
    expect(staleness(last, HOUR, at('2023-12-17T23:30:00Z'), GOLD)).toMatchObject({
      kind: 'current',
      age: 49.5 * HOUR,
    });
    expect(staleness(last, HOUR, at('2023-12-18T00:16:00Z'), GOLD).kind).toBe('stale');
  });

  it('is said in days, hours and minutes', () => {
    expect(spanText(4500)).toBe('1 h 15 min');
    expect(spanText(3600)).toBe('1 h');
    expect(spanText(59 * 60 + 59)).toBe('59 min');
    expect(spanText(2 * 86_400 + 4 * HOUR)).toBe('2 d 4 h');
    expect(spanText(1_082 * 86_400 + 7 * HOUR)).toBe('1,082 d');
  });
});

describe('holes in the bars', () => {
  const monday = at('2023-12-11T10:00:00Z');
  const hours = (...openings: number[]) => openings.map((hour) => monday + hour * HOUR);

  it('are runs of two bars or more in trading hours', () => {
    const time = hours(0, 1, 3, 6, 7);
    expect(gapsIn(time, 0, 4, HOUR, GOLD)).toEqual([{ missing: 2, before: time[3] }]);
    expect(gapsIn(time, 3, 4, HOUR, GOLD)).toEqual([]);
  });

  it('are no week-end and no daily break', () => {
    const time = [at(`${FRIDAY}T21:00:00Z`), at('2023-12-17T23:00:00Z')];
    expect(gapsIn(time, 0, 1, HOUR, GOLD)).toEqual([]);
  });

  it('are a quarter of an hour at least: a quiet minute is none', () => {
    const minutes = [0, 14, 30].map((minute) => monday + minute * 60);
    expect(gapsIn(minutes, 0, 2, 60, GOLD)).toEqual([{ missing: 15, before: minutes[2] }]);
  });

  it('are not the Sundays that a source of daily bars holds in its Mondays', () => {
    const days = [11, 12, 13, 14, 15, 18, 19].map((day) => at(`2023-12-${day}T00:00:00Z`));
    expect(countGaps(Float64Array.from(days), 24 * HOUR, GOLD)).toBe(0);
    expect(countGaps(Float64Array.from(days.toSpliced(5, 1)), 24 * HOUR, GOLD)).toBe(1);
  });

  it('counts a bar that is traded in any minute of it', () => {
    const missing = (before: string, after: string, step: number) =>
      missingBetween(at(before), at(after), step, GOLD);
    const H4 = 4 * HOUR;
    // In winter the bar of 20:00 holds two hours of Friday's trade, that of Sunday one.
    expect(missing(`${FRIDAY}T16:00:00Z`, '2023-12-17T20:00:00Z', H4)).toBe(1);
    expect(missing(`${FRIDAY}T20:00:00Z`, '2023-12-18T00:00:00Z', H4)).toBe(1);
    expect(missing('2023-12-13T16:00:00Z', '2023-12-14T00:00:00Z', H4)).toBe(1);
    // Days by UTC: Saturday is none.
    expect(missing(`${FRIDAY}T00:00:00Z`, '2023-12-18T00:00:00Z', 24 * HOUR)).toBe(1);
    expect(missing(`${FRIDAY}T00:00:00Z`, '2023-12-17T00:00:00Z', 24 * HOUR)).toBe(0);
    // A bar within the daily pause is none.
    expect(missing('2023-12-13T21:00:00Z', '2023-12-13T23:00:00Z', HOUR)).toBe(0);
  });
});
