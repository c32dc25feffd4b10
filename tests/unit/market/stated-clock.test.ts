import { describe, expect, it } from 'vitest';
import type { ImportSettings } from '../../../src-main/contract/series.ts';
import { readCandles } from '../../../src-main/market/read-candles.ts';
import {
  at,
  barsAt,
  bytesOf,
  commaLines,
  goldTimes,
  serverClock,
  shownOn,
} from '../../support/candle-files.ts';

const PRICES = '2080.5,2082,2079.5,2081';

const read = (lines: readonly string[], clock: ImportSettings['clock'] = 'auto') =>
  readCandles(bytesOf(lines.join('\r\n')), 'gold.csv', { symbol: 'XAUUSD', clock });

/** Expects bars at 22:00 and 23:00 UTC of 5 March 2024 and nothing asked. */
function expectTwoHours(lines: readonly string[], format: string, clock = 'utc') {
  const { report, bars } = read(lines);
  expect(report).toMatchObject({ format, clock, timeframe: 'H1', problems: [] });
  expect(report.clockEvidence).toMatch(/^[A-Z].*\.$/);
  expect([...bars!.time]).toEqual([at('2024-03-05 22:00'), at('2024-03-05 23:00')]);
  expect([...bars!.close]).toEqual([2081, 2081]);
  return { report, bars: bars! };
}

const MOMENTS = [at('2024-03-05 22:00'), at('2024-03-05 23:00')];

describe('a TradingView export', () => {
  const header = 'time,open,high,low,close';

  it.each([
    ['seconds from the epoch', MOMENTS.map(String)],
    ['UTC', ['2024-03-05T22:00:00Z', '2024-03-05T23:00:00Z']],
    ['an offset ahead', ['2024-03-06T03:30:00+05:30', '2024-03-06T04:30:00+05:30']],
    ['an offset behind', ['2024-03-05T17:00:00-05:00', '2024-03-05T18:00:00-05:00']],
    ['an offset without a colon', ['2024-03-05T17:00-0500', '2024-03-05T18:00-0500']],
  ])('states its clock by %s', (_, times) => {
    expectTwoHours([header, ...times.map((time) => `${time},${PRICES}`)], 'TradingView export');
  });

  it('may have any indicators after its prices, names twice, and a volume among them', () => {
    const lines = [
      'Time,Open,High,Low,Close,EMA,EMA,VWAP,Volume,RSI,',
      `${MOMENTS[0]},${PRICES},NaN,,2080.123456789012345,12,,`,
      `${MOMENTS[1]},${PRICES},1e-7,NaN,NaN,NaN,-3,`,
    ];
    const { bars } = expectTwoHours(lines, 'TradingView export');
    expect([...bars.volume]).toEqual([12, 0]);
  });

  it('keeps its own clock whatever clock is given, and says so', () => {
    const { report } = read(
      [header, ...MOMENTS.map((moment) => `${moment},${PRICES}`)],
      'new-york-close',
    );
    expect(report).toMatchObject({ clock: 'utc', from: MOMENTS[0] });
    expect(report.clockEvidence).toBe(
      'The times count from 1970 in UTC. The clock given, new-york-close, is not used.',
    );
  });

  it('of days needs its clock named', () => {
    const lines = [header, `2024-03-04,${PRICES}`, `2024-03-05,${PRICES}`];
    expect(read(lines).report).toMatchObject({
      format: 'TradingView export',
      timeframe: 'D1',
      problems: [{ code: 'clock-unknown' }],
    });
    expect(read(lines, 'utc').report.from).toBe(at('2024-03-04'));
  });

  it('of days may open at 21:00 in summer and at 22:00 in winter, week-ends left out', () => {
    const times = ['10-30T21', '10-31T21', '11-03T22', '11-04T22', '11-05T22', '11-06T22'];
    const lines = [header, ...times.map((time) => `2024-${time}:00:00Z,${PRICES}`)];
    expect(read(lines).report).toMatchObject({ timeframe: 'D1', bars: 6, problems: [] });
  });

  it('is refused by its line where a time states no offset', () => {
    const lines = [header, `2024-03-05T22:00:00Z,${PRICES}`, `2024-03-05T23:00:00,${PRICES}`];
    expect(read(lines).report.problems).toContainEqual(
      expect.objectContaining({ code: 'bad-time', line: 3 }),
    );
  });
});

describe('data of Dukascopy', () => {
  const header = 'Gmt time,Open,High,Low,Close,Volume';
  const bars = [
    `05.03.2024 22:00:00.000,${PRICES},120.5`,
    '05.03.2024 22:30:00.000,2081,2081,2081,2081,0',
    `05.03.2024 23:00:00.000,${PRICES},90`,
  ];

  it('is in GMT, and its bars without trading are left out', () => {
    const { report } = expectTwoHours([header, ...bars], 'Dukascopy data');
    expect(report.lines).toBe(4);
    expect(report.notes).toEqual(['1 bar is left out: nothing was traded (no range, volume 0).']);
  });

  it('may be in local time that states its offset', () => {
    const local = bars.map((line) => line.replace('.000,', '.000 GMT-0500,').replace(' 22', ' 17'));
    const lines = [
      'Local time,Open,High,Low,Close,Volume',
      ...local.with(2, local[2]!.replace(' 23', ' 18')),
    ];
    expectTwoHours(lines.toSpliced(2, 1), 'Dukascopy data');
  });

  it('may name a zone in its heading: the bars then show the clock', () => {
    const times = goldTimes('2023-01-09', '2023-04-29');
    const [, ...lines] = commaLines(shownOn(barsAt(times), serverClock));
    const { report, bars } = read(['Time (EET),Open,High,Low,Close,Volume', ...lines]);
    expect(report).toMatchObject({ format: 'Dukascopy data', clock: 'new-york-close' });
    expect([...bars!.time]).toEqual(times);
  });

  it('holds no bars where nothing was traded at all', () => {
    expect(read([header, bars[1]!]).report.problems).toMatchObject([{ code: 'no-bars' }]);
  });

  it('keeps a bar of volume 0 that has a range, and a flat one that has a volume', () => {
    const lines = [header, bars[0]!.replace('120.5', '0'), bars[1]!.replace(',0', ',1')];
    expect(read(lines.map((line) => line.replace('22:30', '23:00'))).report.bars).toBe(2);
  });
});

describe('a table with names of columns alone', () => {
  it('may have its time as a timestamp from the epoch', () => {
    const lines = MOMENTS.map((moment) => `${moment * 1000},${PRICES},10`);
    expectTwoHours(['timestamp,open,high,low,close,volume', ...lines], 'Comma-separated copy');
  });
});

describe('klines of Binance', () => {
  const header =
    'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
  const row = (time: number) => `${time},${PRICES},105.4,${time + 1},208.1,896,47.7,941.2,0`;
  const inMilliseconds = MOMENTS.map((moment) => row(moment * 1e3));
  const inMicroseconds = MOMENTS.map((moment) => row(moment * 1e6));

  it.each([
    ['milliseconds', [header, ...inMilliseconds]],
    ['microseconds', [header, ...inMicroseconds]],
    ['no header', inMilliseconds],
    ['microseconds and no header', inMicroseconds],
    ['milliseconds before microseconds', [inMilliseconds[0]!, inMicroseconds[1]!]],
    [
      'a header again where files are laid end to end',
      [header, inMilliseconds[0]!, header, inMilliseconds[1]!],
    ],
    ['the time column again', [`${header},open_time`, ...inMilliseconds.map((line) => `${line},`)]],
    ['names as the site shows them', [header.replace('open_time', 'Open time'), ...inMilliseconds]],
  ])('may have %s', (_, lines) => {
    const { bars } = expectTwoHours(lines, 'Binance klines');
    expect([...bars.volume]).toEqual([105.4, 105.4]);
  });

  it('are refused by their line where the time is no whole second', () => {
    const lines = [header, row(MOMENTS[0]! * 1e3 + 1)];
    expect(read(lines).report.problems).toMatchObject([{ code: 'bad-time', line: 2 }]);
  });
});

describe('bars of HistData', () => {
  it('are in EST all year', () => {
    const semicolons = PRICES.replaceAll(',', ';');
    const lines = [`20240305 170000;${semicolons};0`, `20240305 180000;${semicolons};0`];
    expectTwoHours(lines, 'HistData ASCII', '-05:00');
    const summer = lines.map((line) => line.replace('0305', '0705'));
    expect(read(summer).report.from).toBe(at('2024-07-05 22:00'));
  });

  it('in their MetaTrader form look like bars of a server: the clock is asked', () => {
    const lines = [`2024.03.05,17:00,${PRICES},0`, `2024.03.05,18:00,${PRICES},0`];
    expect(read(lines).report).toMatchObject({
      format: 'MetaTrader 4 export',
      problems: [{ code: 'clock-unknown' }],
    });
    expect(read(lines, '-05:00').report.from).toBe(MOMENTS[0]);
  });
});
