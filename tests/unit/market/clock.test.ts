import { describe, expect, it } from 'vitest';
import type { ClockChoice } from '../../../src-main/contract/series.ts';
import { readCandles } from '../../../src-main/market/read-candles.ts';
import {
  at,
  barsAt,
  bytesOf,
  commaLines,
  goldTimes,
  serverClock,
  shownOn,
  wallClock,
} from '../../support/candle-files.ts';

const HOUR = 3600;

/** Import what a file on `shown`'s clock would hold of these UTC times. */
function readOn(
  shown: (utc: number) => number,
  times: readonly number[],
  clock: ClockChoice = 'auto',
  step = HOUR,
) {
  const file = bytesOf(commaLines(shownOn(barsAt(times, step), shown)).join('\n'));
  return readCandles(file, 'gold.csv', { symbol: 'XAUUSD', clock });
}

const shifted = (hours: number) => (utc: number) => utc + hours * HOUR;

const YEAR = goldTimes('2022-12-26', '2024-01-01');
const FEBRUARY = goldTimes('2024-02-01', '2024-02-29');

describe('the New York close clock, converted to UTC', () => {
  it.each([
    ['before spring', '2024-03-08 23:00:00', '2024-03-08 21:00:00'],
    ['after spring', '2024-03-11 01:00:00', '2024-03-10 22:00:00'],
    ['before autumn', '2024-11-01 23:00:00', '2024-11-01 20:00:00'],
    ['after autumn', '2024-11-04 01:00:00', '2024-11-03 23:00:00'],
  ])('%s: %s is %s', (_, shown, utc) => {
    const { bars } = readOn(shifted(0), [at(shown), at(shown) + HOUR], 'new-york-close');
    expect(bars!.time[0]).toBe(at(utc));
  });

  it('agrees with the system on every hour of a year', () => {
    const { bars } = readOn(serverClock, YEAR, 'new-york-close');
    expect([...bars!.time]).toEqual(YEAR);
  });

  it('refuses bars in the hour that autumn repeats', () => {
    // A market that never closes shows the same hours twice in the night of the change.
    const night = [4, 5, 6, 7, 8].map((hour) => at('2024-11-03 00:00:00') + hour * HOUR);
    const { report, bars } = readOn(serverClock, night, 'new-york-close');
    expect(bars).toBeNull();
    expect(report.problems).toMatchObject([{ code: 'duplicate-bar', line: 4 }]);
  });

  it('refuses bars in the hour that spring skips', () => {
    const shown = [8, 9, 10, 11].map((hour) => at('2024-03-10 00:00:00') + hour * HOUR);
    const { report, bars } = readOn(shifted(0), shown, 'new-york-close');
    expect(bars).toBeNull();
    expect(report.problems).toMatchObject([{ code: 'clock-misfit', line: 4 }]);
  });
});

describe('a fixed clock, converted to UTC', () => {
  it.each([
    ['utc', '2024-07-01 12:00:00'],
    ['+05:30', '2024-07-01 06:30:00'],
    ['-04:00', '2024-07-01 16:00:00'],
  ] as const)('%s: noon is %s', (clock, utc) => {
    const noon = at('2024-07-01 12:00:00');
    const { bars } = readOn(shifted(0), [noon, noon + HOUR], clock);
    expect(bars!.time[0]).toBe(at(utc));
  });
});

describe('the clock told from the bars', () => {
  it.each([
    ['new-york-close', 'a year', serverClock, YEAR],
    ['utc', 'a year', shifted(0), YEAR],
    ['+02:00', 'a year', shifted(2), YEAR],
    ['+05:30', 'a year', shifted(5.5), YEAR],
    ['-05:00', 'a year', shifted(-5), YEAR],
    ['new-york-close', 'a winter month', serverClock, FEBRUARY],
    ['utc', 'a winter month', shifted(0), FEBRUARY],
  ])('is %s for %s of such hours', (clock, _, shown, times) => {
    const { report, bars } = readOn(shown, times);
    expect(report.problems).toEqual([]);
    expect(report.clock).toBe(clock);
    expect([...bars!.time]).toEqual(times);
  });

  it('gives its evidence in a sentence', () => {
    expect(readOn(serverClock, YEAR).report.clockEvidence).toMatch(
      /^New York \+ 7 h: .*winter and summer alike, after 53 weekends and 212 daily pauses\.$/,
    );
    expect(readOn(serverClock, FEBRUARY).report.clockEvidence).toContain(
      '+02:00 would read these bars the same',
    );
  });

  it.each([
    [
      'a European server, which changes its clock on other days',
      YEAR,
      HOUR,
      (utc: number) => wallClock(utc, 'Europe/Athens'),
    ],
    ['New York itself', YEAR, HOUR, (utc: number) => wallClock(utc, 'America/New_York')],
    ['four-hour bars', YEAR.filter((_, i) => i % 4 === 0), 4 * HOUR, shifted(0)],
    [
      'daily bars',
      [1, 2, 3, 4, 5, 8, 9].map((d) => at('2024-01-01 00:00:00') + d * 86_400),
      86_400,
      shifted(0),
    ],
    ['three days', goldTimes('2024-02-06', '2024-02-09'), HOUR, serverClock],
    [
      'a market without weekends',
      Array.from({ length: 2000 }, (_, i) => at('2024-01-01 00:00:00') + i * HOUR),
      HOUR,
      shifted(0),
    ],
  ])('is asked for rather than guessed: %s', (_, times, step, shown) => {
    const { report, bars } = readOn(shown, times, 'auto', step);
    expect(bars).toBeNull();
    expect(report.clock).toBeNull();
    const problem = report.problems.find(({ code }) => code === 'clock-unknown')!;
    expect(problem.text).toContain(report.clockEvidence);
    expect(problem.next).toContain('--clock');
  });

  it('gives way to a clock that is named, and says so where it looks otherwise', () => {
    const { report } = readOn(serverClock, YEAR, 'utc');
    expect(report.clock).toBe('utc');
    expect(report.clockEvidence).toMatch(
      /^As given\. The bars themselves look otherwise: New York/,
    );
    expect(readOn(serverClock, YEAR, 'new-york-close').report.clockEvidence).toBe('As given.');
  });
});

describe('gaps', () => {
  it('are missing bars inside trading weeks, not weekends and daily pauses', () => {
    expect(readOn(serverClock, YEAR).report.gaps).toBe(0);
    const holed = FEBRUARY.filter((_, i) => i !== 40 && i !== 90 && i !== 91);
    expect(readOn(serverClock, holed).report.gaps).toBe(2);
  });
});
