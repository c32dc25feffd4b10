import { describe, expect, it } from 'vitest';
import { fillTimes, newYorkHour, opensWeek, slotOf } from '../../../src-main/synth/calendar.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';

const at = (text: string) => (Date.parse(text) / 1000) as UtcSeconds;
const weekFrom = (text: string, slots: number) => {
  const time = new Float64Array(slots);
  fillTimes(time, slotOf(at(text)));
  return Array.from(time, (seconds) => new Date(seconds * 1000).toISOString().slice(0, 16));
};

describe('the trading hours of the synthetic market', () => {
  it('run from Sunday 23:00 to Friday 21:00 UTC in winter, an hour earlier in summer', () => {
    const winter = weekFrom('2023-01-08T23:00Z', 116);
    expect(winter[0]).toBe('2023-01-08T23:00');
    expect(winter[114]).toBe('2023-01-13T21:00');
    expect(winter[115]).toBe('2023-01-15T23:00');
    const summer = weekFrom('2023-07-09T22:00Z', 115);
    expect(summer[114]).toBe('2023-07-14T20:00');
  });

  it('rest for an hour each day and follow New York through the change of clocks', () => {
    const days = weekFrom('2023-03-08T21:00Z', 2);
    expect(days).toEqual(['2023-03-08T21:00', '2023-03-08T23:00']);
    const change = weekFrom('2023-03-10T21:00Z', 2);
    expect(change).toEqual(['2023-03-10T21:00', '2023-03-12T22:00']);
  });

  it('count the opening hour of the week as slot 0 and know each hour of New York', () => {
    const opening = slotOf(at('2023-07-09T22:00Z'));
    expect(opensWeek(opening)).toBe(true);
    expect(opensWeek(opening + 1)).toBe(false);
    expect(newYorkHour(opening)).toBe(18);
    expect(newYorkHour(opening + 22)).toBe(16);
    expect(newYorkHour(opening + 23)).toBe(18);
  });
});
