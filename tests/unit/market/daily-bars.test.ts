import { describe, expect, it } from 'vitest';
import { readCandles } from '../../../src-main/market/read-candles.ts';
import { at, bytesOf } from '../../support/candle-files.ts';

const read = (lines: readonly string[]) =>
  readCandles(bytesOf(lines.join('\n')), 'gold.csv', { symbol: 'XAUUSD', clock: 'utc' });

describe('history of Yahoo', () => {
  const header = 'Date,Open,High,Low,Close,Adj Close,Volume';
  const rows = [
    '2024-03-07,2150.1,2162.5,2148.2,2158.199951,2000,12',
    '2024-03-08,null,null,null,null,null,null',
    '2024-03-11,2180,2188.5,2176,2182.5,2020,7',
    '2024-03-12,2182.5,2184,2150.6,2160,2000,9',
    '2024-03-13,2160,2180,2155,2175,2010,4',
  ];

  it('is read by its close, not the adjusted one; days without prices are left out and told', () => {
    const { report, bars } = read([header, ...rows]);
    expect(report).toMatchObject({
      format: 'Yahoo Finance history',
      timeframe: 'D1',
      problems: [],
    });
    expect(report.notes).toEqual(['1 bar is left out: nothing was traded (prices of null).']);
    expect([...bars!.close]).toEqual([2158.199951, 2182.5, 2160, 2175]);
    expect([...bars!.volume]).toEqual([12, 7, 9, 4]);
  });

  it('is refused by its line where only some prices are null', () => {
    const faulty = rows.with(1, '2024-03-08,2160,2170,2150,null,null,0');
    expect(read([header, ...faulty]).report.problems).toMatchObject([
      { code: 'bad-number', line: 3 },
    ]);
  });
});

describe('data of Stooq', () => {
  const rows = ['2024-03-07,2150,2162.5,2148.2,2158', '2024-03-08,2158,2195,2154.5,2179'];
  const closes = [2158, 2179];

  it('may have no header, and whole prices', () => {
    const { report, bars } = read(rows);
    expect(report).toMatchObject({ format: 'Stooq data', timeframe: 'D1', lines: 2, problems: [] });
    expect([...bars!.close]).toEqual(closes);
    expect(read(rows.map((row) => `${row},0`)).report.problems).toEqual([]);
  });

  it.each([
    ['English', 'Comma-separated copy', 'Date,Open,High,Low,Close,Volume'],
    ['Polish', 'Stooq data', 'Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen'],
  ])('may be in %s', (_, format, header) => {
    const { report, bars } = read([header, ...rows.map((row) => `${row},31`)]);
    expect(report).toMatchObject({ format, timeframe: 'D1', problems: [] });
    expect([...bars!.close]).toEqual(closes);
    expect([...bars!.volume]).toEqual([31, 31]);
  });

  it('in bulk has the date and the time without marks', () => {
    const { report, bars } = read([
      '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>',
      'XAUUSD,60,20180319,010000,1314.5,1315,1313,1314,40,0',
      'XAUUSD,60,20180319,020000,1314,1316,1313,1315.5,50,0',
    ]);
    expect(report).toMatchObject({ format: 'Stooq data', timeframe: 'H1', problems: [] });
    expect([...bars!.time]).toEqual([at('2018-03-19 01:00'), at('2018-03-19 02:00')]);
    expect([...bars!.volume]).toEqual([40, 50]);
  });

  it('is refused by its line where the bars of another ticker follow', () => {
    const lines = [
      '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>',
      'XAUUSD,D,20180319,000000,1314.5,1315,1313,1314,40,0',
      'XAUUSD,D,20180320,000000,1314,1316,1313,1315.5,50,0',
      'XAGUSD,D,20180319,000000,14,16,13,15.5,50,0',
    ];
    expect(read(lines).report.problems).toMatchObject([{ code: 'time-back', line: 4 }]);
  });
});
