import { describe, expect, it } from 'vitest';
import type { ImportSettings } from '../../../src-main/contract/series.ts';
import { readCandles } from '../../../src-main/market/read-candles.ts';
import {
  at,
  barsAt,
  bytesOf,
  commaLines,
  goldTimes,
  metatrader5Lines,
} from '../../support/candle-files.ts';

const HOUR = 3600;
const DAY = 86_400;
const TIMES = goldTimes('2024-03-04', '2024-03-08');

/** Read lines of a file and expect that not one bar of them is kept. */
function refused(lines: readonly string[], settings: Partial<ImportSettings> = {}) {
  const file = bytesOf(lines.join('\n'));
  const { report, bars } = readCandles(file, 'gold.csv', {
    symbol: 'XAUUSD',
    clock: 'utc',
    ...settings,
  });
  expect(bars).toBeNull();
  expect(report.problemCount).toBeGreaterThan(0);
  return report;
}

/** A sound file of which one line is changed. */
function spoiled(line: number, change: (cells: string[]) => string[] | string): string[] {
  const lines = commaLines(barsAt(TIMES));
  const changed = change(lines[line - 1]!.split(','));
  return lines.with(line - 1, typeof changed === 'string' ? changed : changed.join(','));
}

describe('one bar alone', () => {
  it('shows no clock, and no timeframe unless it is given', () => {
    const lines = commaLines(barsAt(TIMES)).slice(0, 2);
    expect(refused(lines, { clock: 'auto', timeframe: 'H1' }).problems).toMatchObject([
      { code: 'clock-unknown' },
    ]);
    expect(refused(lines).problems).toMatchObject([{ code: 'timeframe-unknown' }]);
  });
});

describe('a line that cannot be read is named, with what is wrong and what to do', () => {
  it.each([
    ['a high below the low', 'high-below-low', (c: string[]) => c.with(2, '1000').with(1, '1000')],
    ['an open outside the range', 'outside-range', (c: string[]) => c.with(1, '99999')],
    ['a close outside the range', 'outside-range', (c: string[]) => c.with(4, '0.01')],
    ['a price of zero', 'price-not-positive', (c: string[]) => c.with(3, '0')],
    ['a negative price', 'price-not-positive', (c: string[]) => c.with(3, '-1800')],
    ['NaN', 'bad-number', (c: string[]) => c.with(4, 'NaN')],
    ['an empty cell', 'bad-number', (c: string[]) => c.with(4, '')],
    ['text for a price', 'bad-number', (c: string[]) => c.with(1, 'n/a')],
    ['an exponent', 'bad-number', (c: string[]) => c.with(1, '1.8e3')],
    ['two decimal points', 'bad-number', (c: string[]) => c.with(1, '1.800.25')],
    ['a negative volume', 'bad-number', (c: string[]) => c.with(5, '-1')],
    [
      'decimal commas',
      'extra-columns',
      (c: string[]) => c.map((p, i) => (i ? p.replace('.', ',') : p)),
    ],
    ['a line cut off', 'cut-line', (c: string[]) => c.slice(0, 3)],
    ['a day that is none', 'bad-time', (c: string[]) => c.with(0, '2024-02-30 01:00:00')],
    ['an hour that is none', 'bad-time', (c: string[]) => c.with(0, '2024-03-04 24:00:00')],
    ['another way to write time', 'bad-time', (c: string[]) => c.with(0, '2024-03-04T05:00:00Z')],
    [
      'a bar twice',
      'duplicate-bar',
      (c: string[]) => c.with(0, commaLines(barsAt(TIMES))[4]!.split(',')[0]!),
    ],
    ['time going back', 'time-back', (c: string[]) => c.with(0, '2024-03-03 05:00:00')],
  ])('%s', (_, code, change) => {
    const report = refused(spoiled(6, change));
    expect(report.problems[0]).toMatchObject({ code, line: 6 });
    expect(report.problems[0]!.text).toMatch(/^[A-Z].*\.$/);
    expect(report.problems[0]!.text).not.toContain('{');
    expect(report.problems[0]!.next).not.toContain('{');
  });

  it('a cut-off last line', () => {
    const text = commaLines(barsAt(TIMES)).join('\n');
    const report = refused([text.slice(0, -20)]);
    expect(report.problems).toMatchObject([{ code: 'cut-line', line: TIMES.length + 1 }]);
  });

  it('decimal commas between tabs', () => {
    const lines = metatrader5Lines(barsAt(TIMES));
    const report = refused(lines.with(2, lines[2]!.replace('\t18', '\t1,8')));
    expect(report.problems).toMatchObject([{ code: 'decimal-comma', line: 3 }]);
  });

  it('counted by the lines of the file, blank ones too', () => {
    const lines = spoiled(6, (cells) => cells.with(4, 'NaN'));
    expect(refused(lines.toSpliced(3, 0, '', ' ')).problems[0]!.line).toBe(8);
  });

  it('all of them, 200 in full', () => {
    const lines = commaLines(barsAt(goldTimes('2024-01-01', '2024-03-01')));
    const broken = lines.map((line, i) => (i < 1 || i > 300 ? line : line.replace(/\d+$/, 'x')));
    const report = refused(broken);
    expect(report.problemCount).toBe(300);
    expect(report.problems).toHaveLength(200);
    expect(report.problems.map(({ line }) => line)).toEqual(
      Array.from({ length: 200 }, (_, i) => i + 2),
    );
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['an empty file', [''], 'empty', 0],
    ['blank lines', ['', '  ', ''], 'empty', 0],
    ['a binary file', ['\x91\x01\0\0(C)opyright'], 'binary', 0],
    ['a header alone', ['time,open,high,low,close'], 'no-bars', 0],
    ['a page of the web', ['<!doctype html>', '<html>'], 'unknown-format', 1],
    ['amounts without a time', ['1800.2,1801,1800,1800.5,12'], 'unknown-format', 1],
    ['no time column', ['open,high,low,close', '1,2,1,2'], 'missing-column', 1],
    ['no low column', ['time,open,high,close', '2024-03-04 01:00,1,2,2'], 'missing-column', 1],
    ['no <CLOSE>', ['<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>'], 'missing-column', 1],
  ])('%s', (_, lines, code, line) => {
    const report = refused(lines);
    expect(report.problems).toMatchObject([{ code, line }]);
  });

  it('says which column is missing and what the first line reads', () => {
    expect(refused(['time,open,high,close']).problems[0]!.text).toBe(
      'No low column found. The first line reads: "time,open,high,close".',
    );
  });

  it('holds bars without any range', () => {
    const lines = commaLines(barsAt(TIMES)).map((line, i) => {
      const [time, , , , close] = line.split(',');
      return i === 0 ? line : [time, close, close, close, close, 1].join(',');
    });
    expect(refused(lines).problems).toMatchObject([{ code: 'flat-bars', line: 0 }]);
  });
});

describe('the step of the bars', () => {
  const daily = (from: string, count: number) =>
    barsAt(Array.from({ length: count }, (_, i) => at(from) + i * DAY));
  const hourly = barsAt(TIMES);

  it('may not change: daily bars before hourly ones are one problem', () => {
    const lines = [...commaLines(daily('2024-01-01 00:00:00', 30)), ...commaLines(hourly).slice(1)];
    expect(refused(lines).problems).toMatchObject([
      {
        code: 'step-change',
        line: 32,
        text: 'The bars change step: lines 2 to 31 are D1 bars, the others H1.',
      },
    ]);
  });

  it('may not change: daily bars after hourly ones', () => {
    const lines = [...commaLines(hourly), ...commaLines(daily('2024-04-01 00:00:00', 30)).slice(1)];
    const first = TIMES.length + 2;
    expect(refused(lines).problems).toMatchObject([
      {
        code: 'step-change',
        line: first,
        text: expect.stringContaining(`${first} to ${first + 29}`),
      },
    ]);
  });

  it('may not change: hourly bars before daily ones', () => {
    const lines = [
      ...commaLines(barsAt(TIMES.slice(0, 15))),
      ...commaLines(daily('2024-04-01 00:00:00', 60)).slice(1),
    ];
    expect(refused(lines).problems).toMatchObject([
      {
        code: 'step-change',
        line: 17,
        text: 'The bars change step: lines 2 to 16 are H1 bars, the others D1.',
      },
    ]);
  });

  it('leaves no room for a bar in between', () => {
    const times = TIMES.toSpliced(10, 0, TIMES[9]! + 1800);
    const report = refused(commaLines(barsAt(times)));
    expect(report.problems).toMatchObject([
      { code: 'off-step', line: 12 },
      { code: 'off-step', line: 13 },
    ]);
  });

  it('may have gaps: single bars, a day, a week', () => {
    const times = goldTimes('2024-03-01', '2024-04-01').filter((time, i) => {
      return i % 17 !== 3 && !(time > at('2024-03-12') && time < at('2024-03-19'));
    });
    const { report, bars } = readCandles(
      bytesOf(commaLines(barsAt(times)).join('\n')),
      'gold.csv',
      { symbol: 'XAUUSD', clock: 'utc' },
    );
    expect(report.problems).toEqual([]);
    expect([...bars!.time]).toEqual(times);
  });

  it('of daily bars may shift by the hour of daylight saving', () => {
    const times = [21, 21, 21, 22, 22].map((hour, i) => at('2024-10-29') + i * DAY + hour * HOUR);
    const file = bytesOf(commaLines(barsAt(times)).join('\n'));
    const { report } = readCandles(file, 'gold.csv', { symbol: 'XAUUSD', clock: 'utc' });
    expect(report).toMatchObject({ timeframe: 'D1', problems: [] });
  });

  it('must be the timeframe that was asked for', () => {
    const report = refused(commaLines(hourly), { timeframe: 'M5' });
    expect(report.timeframe).toBe('H1');
    expect(report.problems).toMatchObject([
      { code: 'timeframe-differs', line: 0, text: 'The bars are H1, not M5.' },
    ]);
  });

  it('must be a timeframe', () => {
    const everyTwo = commaLines(
      barsAt([0, 2, 4, 6].map((m) => at('2024-03-04 01:00:00') + m * 60)),
    );
    expect(refused(everyTwo).problems[0]!.text).toBe('The bars come every 2 minutes.');
    expect(refused(commaLines(barsAt(TIMES.slice(0, 1)))).problems[0]!.code).toBe(
      'timeframe-unknown',
    );
  });
});
