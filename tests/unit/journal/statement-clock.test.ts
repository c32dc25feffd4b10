import { describe, expect, it } from 'vitest';
import {
  BAR_COLUMNS,
  emptyBars,
  firstOpeningFrom,
  sliceBars,
  type Bars,
} from '../../../src-main/domain/bars/bars.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';
import { fillsOf } from '../../../src-main/journal/clock/clock-fit.ts';
import { readStatement } from '../../../src-main/journal/formats/read-statement.ts';
import { inferStatementClock } from '../../../src-main/journal/clock/statement-clock.ts';
import { at, wanderingBars, bytesOf, goldTimes, serverClock } from '../../support/candle-files.ts';
import { metatrader4, tradesOn } from '../../support/statement-files.ts';

const HOUR = 3_600;
const YEAR = wanderingBars(goldTimes('2023-01-09', '2023-12-15'));
const WINTER = wanderingBars(goldTimes('2023-01-09', '2023-02-24'));
const MINUTES = wanderingBars(goldTimes('2023-02-13', '2023-02-15', 60), 60);

const ahead = (hours: number) => (utc: number) => utc + hours * HOUR;

/** Fills of trades inside `traded`, as a statement on a clock shows them. */
function fillsOn(traded: Bars, clock: (utc: number) => number, count = 150) {
  const page = metatrader4(tradesOn(traded, count, clock));
  return fillsOf(readStatement(bytesOf(page)));
}

describe('the clock of a statement', () => {
  it.each([
    ['new-york-close', serverClock],
    ['utc', ahead(0)],
    ['+02:00', ahead(2)],
    ['+03:00', ahead(3)],
    ['+05:30', ahead(5.5)],
    ['-12:00', ahead(-12)],
    ['+14:00', ahead(14)],
  ] as const)('is told by the bars that its fills lie in: %s', (name, clock) => {
    const found = inferStatementClock(fillsOn(YEAR, clock), YEAR);
    expect(found).toMatchObject({ clock: name, fills: 300, share: 1 });
    expect(found.next!.share).toBeLessThan(0.95);
  });

  it('is told by bars of a minute', () => {
    const found = inferStatementClock(fillsOn(MINUTES, ahead(-5)), MINUTES);
    expect(found).toMatchObject({ clock: '-05:00', share: 1 });
  });

  it('comes with its evidence in a sentence', () => {
    const { evidence } = inferStatementClock(fillsOn(YEAR, ahead(5.5)), YEAR);
    expect(evidence).toMatch(
      /^UTC\+05:30: 100% of 300 fills lie inside the bars of their time; by the next, UTC[+-]\d\d:\d\d, \d+(\.\d)?%\.$/,
    );
  });

  it('is New York’s where winter alone cannot tell it from +02:00, and says so', () => {
    const found = inferStatementClock(fillsOn(WINTER, serverClock), WINTER);
    expect(found.clock).toBe('new-york-close');
    expect(found.evidence).toContain('UTC+02:00 would read all of them the same.');
  });

  it('says how many fills it is a guess for where bars cover winter alone', () => {
    const found = inferStatementClock(fillsOn(YEAR, serverClock, 600), WINTER);
    expect(found.clock).toBe('new-york-close');
    expect(found.evidence).toMatch(/and \d+ fills without bars otherwise\.$/);
  });

  it('is told beside a few fills outside: spreads and slips', () => {
    const { time, price } = fillsOn(YEAR, serverClock);
    const slipped = price.map((one, i) => (i % 20 === 0 ? one * 1.05 : one));
    const found = inferStatementClock({ time, price: slipped }, YEAR);
    expect(found).toMatchObject({ clock: 'new-york-close', share: 285 / 300 });
  });

  it('takes a fill by the spread beyond a bar as inside', () => {
    const { time, price } = fillsOn(YEAR, serverClock);
    const highs = price.map((_, i) => YEAR.high[YEAR.time.indexOf(hourOf(time[i]!))]! * 1.0002);
    expect(inferStatementClock({ time, price: highs }, YEAR).share).toBe(1);
  });
});

const hourOf = (shown: number) => {
  const hour = Math.floor(shown / HOUR) * HOUR;
  return [2, 3].map((hours) => hour - hours * HOUR).find((utc) => serverClock(utc) === hour)!;
};

describe('the clock is left open, with the reason', () => {
  const open = (reason: string) => ({
    clock: null,
    evidence: expect.stringContaining(reason) as string,
  });

  it('where the bars cover no fill, or too few', () => {
    const later = wanderingBars(goldTimes('2024-03-04', '2024-03-08'));
    const none = inferStatementClock(fillsOn(YEAR, serverClock), later);
    expect(none).toMatchObject({ ...open('No fill lies'), fills: 0, share: null, next: null });
    const few = inferStatementClock(fillsOn(YEAR, serverClock, 4), YEAR);
    expect(few).toMatchObject({ ...open('Only 8 fills lie where there are bars'), fills: 8 });
  });

  it('where the bars are of another market', () => {
    const { time, price } = fillsOn(YEAR, serverClock);
    const other = { time, price: price.map((one, i) => one + 30 * Math.sin(i)) };
    expect(inferStatementClock(other, YEAR)).toMatchObject(open('of another market'));
  });

  it('where many fills lie in few bars: they say one thing, many times', () => {
    const { time, price } = fillsOn(WINTER, serverClock);
    const first = time.map(() => time[0]!);
    const found = inferStatementClock({ time: first, price: price.map(() => price[0]!) }, WINTER);
    expect(found).toMatchObject({ ...open('No clock is clearly ahead'), fills: 300, share: 1 });
  });
});

/** Pieces of a series as one, with a hole between. */
function joined(parts: readonly Bars[]): Bars {
  const bars = emptyBars(
    parts.reduce((sum, { time }) => sum + time.length, 0),
    HOUR,
  );
  for (const column of BAR_COLUMNS) bars[column].set(parts.flatMap((part) => [...part[column]]));
  return bars;
}

describe('fills and holes', () => {
  it('counts a fill while the market is closed as outside', () => {
    const { time, price } = fillsOn(YEAR, ahead(0));
    const closed = time.map((shown, i) => (i < 15 ? at('2023-03-04 12:00:00') : shown));
    expect(inferStatementClock({ time: closed, price }, YEAR)).toMatchObject({
      fills: 300,
      share: 285 / 300,
    });
  });

  it('asks no bars about a fill where they are missing', () => {
    const [june, july] = [at('2023-06-01 00:00:00'), at('2023-07-01 00:00:00')] as [
      UtcSeconds,
      UtcSeconds,
    ];
    const parts = [
      sliceBars(YEAR, 0, firstOpeningFrom(YEAR, june)),
      sliceBars(YEAR, firstOpeningFrom(YEAR, july), YEAR.time.length),
    ];
    const found = inferStatementClock(fillsOn(YEAR, ahead(0)), joined(parts));
    expect(found.clock).toBe('utc');
    expect(found.fills).toBeLessThan(300);
    expect(found.share).toBe(1);
  });

  it('reads no bar after the last, nor before the first', () => {
    const half = sliceBars(YEAR, 0, YEAR.time.length / 2);
    const found = inferStatementClock(fillsOn(YEAR, ahead(0)), half);
    expect(found).toMatchObject({ clock: 'utc', share: 1 });
    expect(found.fills).toBeLessThan(160);
  });
});
