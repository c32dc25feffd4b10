import { describe, expect, it } from 'vitest';
import type { ImportSettings } from '../../../src-main/contract/series.ts';
import { readCandles } from '../../../src-main/market/read-candles.ts';
import {
  at,
  barsAt,
  bytesOf,
  goldTimes,
  metatrader4Lines,
  serverClock,
  shownOn,
} from '../../support/candle-files.ts';

const HOURS = barsAt(goldTimes('2024-01-08', '2024-04-29'));
const FEW = barsAt(goldTimes('2024-03-05', '2024-03-06'));

const read = (lines: readonly string[], clock: ImportSettings['clock'] = 'utc') =>
  readCandles(bytesOf(lines.join('\n')), 'XAUUSD60.csv', { symbol: 'XAUUSD', clock });

describe('a MetaTrader 4 export has no header', () => {
  it('and is read from its first line to its last, on the server clock that its bars show', () => {
    const { report, bars } = read(metatrader4Lines(shownOn(HOURS, serverClock)), 'auto');
    expect(report).toMatchObject({
      format: 'MetaTrader 4 export',
      timeframe: 'H1',
      clock: 'new-york-close',
      lines: HOURS.time.length,
      bars: HOURS.time.length,
      problems: [],
    });
    expect(report.preview[0]!.line).toBe(1);
    expect(bars).toEqual(HOURS);
  });

  it.each([
    ['tabs', (line: string) => line.replaceAll(',', '\t')],
    ['semicolons', (line: string) => line.replaceAll(',', ';')],
    ['seconds', (line: string) => line.replace(/(\d\d:\d\d)/, '$1:00')],
    ['quotes', (line: string) => `"${line.replaceAll(',', '","')}"`],
    ['a separator at the end of the line', (line: string) => `${line},`],
    ['CRLF', (line: string) => `${line}\r`],
    ['the date and the time in one cell', (line: string) => line.replace(',', ' ')],
    ['dashes', (line: string) => line.replace(/\.(\d\d)\.(\d\d),/, '-$1-$2,')],
  ])('and may have %s', (_, change) => {
    const { report, bars } = read(metatrader4Lines(FEW).map(change));
    expect(report.problems).toEqual([]);
    expect(bars).toEqual(FEW);
  });

  it('and may have no volume', () => {
    const { bars } = read(metatrader4Lines(FEW).map((line) => line.replace(/,\d+$/, '')));
    expect([...bars!.close]).toEqual([...FEW.close]);
    expect(bars!.volume.every((volume) => volume === 0)).toBe(true);
  });

  it('and may be UTF-16, of either order', () => {
    const text = `\ufeff${metatrader4Lines(FEW).join('\r\n')}`;
    const little = Buffer.from(text, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      expect(readCandles(bytes, 'a.csv', { symbol: 'X', clock: 'utc' }).bars).toEqual(FEW);
    }
  });

  it('of daily bars skips week-ends, has short Sundays, and needs its clock named', () => {
    const days = ['01', '03', '04', '05', '06', '07', '08', '10', '11', '12', '14'];
    const lines = days.map((day) => `2024.03.${day},00:00,2080.5,2119.9,2079.6,2114.3,300`);
    expect(read(lines, 'auto').report.problems).toMatchObject([{ code: 'clock-unknown' }]);
    const { report, bars } = read(lines, 'new-york-close');
    expect(report).toMatchObject({ timeframe: 'D1', bars: 11, problems: [] });
    expect(bars!.time[0]).toBe(at('2024-02-29 22:00:00'));
  });
});

describe('bars of HistData in their MetaTrader form', () => {
  it('look like those of a server; their clock is found from the bars', () => {
    const lines = metatrader4Lines(shownOn(HOURS, (utc) => utc - 5 * 3600));
    const { report, bars } = read(lines, 'auto');
    expect(report).toMatchObject({ format: 'MetaTrader 4 export', clock: '-05:00', problems: [] });
    expect(bars).toEqual(HOURS);
  });
});

describe('a faulty MetaTrader 4 export is refused by its lines', () => {
  const lines = metatrader4Lines(FEW);
  it.each([
    ['a line cut off', 'cut-line', 5, lines.with(4, lines[4]!.slice(0, -20))],
    ['a bar twice', 'duplicate-bar', 6, lines.toSpliced(5, 0, lines[4]!)],
    ['time going back', 'time-back', 6, lines.toSpliced(5, 0, lines[2]!)],
    [
      'decimal commas',
      'extra-columns',
      2,
      lines.with(1, lines[1]!.replaceAll(/\.(\d+),/g, ',$1,')),
    ],
    ['a header in the midst', 'bad-time', 4, lines.toSpliced(3, 0, 'Date,Time,O,H,L,C,V')],
  ])('%s', (_, code, line, faulty) => {
    const { report, bars } = read(faulty);
    expect(bars).toBeNull();
    expect(report.problems[0]).toMatchObject({ code, line });
  });

  it('decimal commas between semicolons', () => {
    const faulty = lines.map((line) =>
      line.replaceAll(',', ';').replaceAll(/\.(\d\d);(?!\d\d:)/g, ',$1;'),
    );
    expect(read(faulty).report.problems[0]).toMatchObject({ code: 'decimal-comma', line: 1 });
  });
});

describe('a file with its newest bar first', () => {
  const backwards = metatrader4Lines(FEW).toReversed();

  it('is read in reverse and says so', () => {
    const { report, bars } = read(backwards);
    expect(report.problems).toEqual([]);
    expect(report.notes).toEqual(['The file has its newest bar first and is read in reverse.']);
    expect(report.preview[0]).toMatchObject({ line: backwards.length, time: FEW.time[0] });
    expect(bars).toEqual(FEW);
  });

  it('may not change its step either', () => {
    const days = barsAt(Array.from({ length: 15 }, (_, i) => at('2023-11-01') + i * 86_400));
    const { report } = read([...backwards, ...metatrader4Lines(days).toReversed()]);
    const [first, last] = [backwards.length + 1, backwards.length + 15];
    expect(report.problems).toMatchObject([
      { code: 'step-change', text: expect.stringContaining(`lines ${first} to ${last} are D1`) },
    ]);
  });

  it('may have no bar out of its place', () => {
    const swapped = backwards.with(5, backwards[6]!).with(6, backwards[5]!);
    const { report, bars } = read(swapped);
    expect(bars).toBeNull();
    expect(report.problems).toMatchObject([{ code: 'time-forth', line: 7 }]);
    expect(read(backwards.toSpliced(5, 0, backwards[5]!)).report.problems).toMatchObject([
      { code: 'duplicate-bar', line: 7 },
    ]);
  });
});
