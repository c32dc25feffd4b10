import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ImportSettings } from '../../../src-main/contract/series.ts';
import { readCandles } from '../../../src-main/market/read-candles.ts';
import { at } from '../../support/candle-files.ts';
import { describeShared, sharedFile } from '../../support/shared.ts';

const read = (path: string, clock: ImportSettings['clock'] = 'auto') =>
  readCandles(readFileSync(sharedFile(`data/${path}`)), path, { symbol: 'XAUUSD', clock });

describeShared('real candle files', () => {
  it('hourly gold 2018 to 2023: 34,224 bars on the New York close clock', () => {
    const { report, bars } = read('XAUUSD_H1.csv');
    expect(report).toMatchObject({
      timeframe: 'H1',
      clock: 'new-york-close',
      bars: 34_224,
      lines: 34_225,
      problems: [],
    });
    // 2023-12-29 23:00 on the server, winter.
    expect(bars!.time.at(-1)).toBe(at('2023-12-29 21:00:00'));
    expect(bars!.close.at(-1)).toBe(2062.7);
    // 2018-03-19 01:00, summer.
    expect(bars!.time[1]).toBe(at('2018-03-18 22:00:00'));
  });

  it('one-minute gold of February 2026', () => {
    const { report, bars } = read('candles/mt5_M1_XAUUSD_2026-02.csv');
    expect(report).toMatchObject({
      format: 'MetaTrader 5 export',
      timeframe: 'M1',
      clock: 'new-york-close',
      bars: 13_558,
      problems: [],
    });
    expect(bars!.time[0]).toBe(at('2026-02-16 00:07:00'));
    expect(bars!.volume[0]).toBe(271);
  });

  it('an hourly export that begins with 432 daily bars is refused by its lines', () => {
    const { report, bars } = read('candles/mt5_H1_MIXED_D1_head_XAUUSD.csv');
    expect(bars).toBeNull();
    expect(report.problemCount).toBe(1);
    expect(report.problems).toMatchObject([
      {
        code: 'step-change',
        line: 434,
        text: 'The bars change step: lines 2 to 433 are D1 bars, the others H1.',
      },
    ]);
  });

  it('four-hour bars with dotted dates need their clock named', () => {
    const path = 'candles/mt5copy_H4_dotdate_comma.csv';
    expect(read(path).report.problems).toMatchObject([{ code: 'clock-unknown' }]);
    const file = readFileSync(sharedFile(`data/${path}`));
    const named = readCandles(file, path, { symbol: 'XAUUSD', clock: 'new-york-close' });
    expect(named.report).toMatchObject({ timeframe: 'H4', bars: 15_437, problems: [] });
    expect(named.bars!.time[0]).toBe(at('2016-03-20 21:00:00'));
  });

  it('four-hour bars without a header begin with daily ones and are refused by their lines', () => {
    const { report, bars } = read('candles/mt4_H4_XAUUSD240_noheader.csv');
    expect(bars).toBeNull();
    expect(report).toMatchObject({ format: 'MetaTrader 4 export', lines: 25_330, bars: 25_330 });
    expect(report.problems).toMatchObject([
      { code: 'step-change', line: 1211, text: expect.stringContaining('lines 1 to 1210 are D1') },
      // The server's clock moves by an hour here.
      { code: 'off-step', line: 25_119 },
    ]);
  });

  it('daily bars between tabs, with short Sundays, need their clock named', () => {
    const path = 'candles/tab_noheader_D1_XAUUSD1440.csv';
    expect(read(path).report.problems).toMatchObject([{ code: 'clock-unknown' }]);
    const { report, bars } = read(path, 'utc');
    expect(report).toMatchObject({ format: 'MetaTrader 4 export', timeframe: 'D1', bars: 5203 });
    expect([bars!.time[0], bars!.time.at(-1)]).toEqual([at('2009-02-25'), at('2025-11-14')]);
    expect(bars!.close.at(-1)).toBe(4082.019);
  });

  it.each([
    [
      'tradingview_M5_iso_offset0530.csv',
      'M5',
      21_018,
      '2025-03-02 23:00',
      '2025-06-18 04:00',
      3390.875,
    ],
    [
      'tradingview_H4_indicators_NaN.csv',
      'H4',
      3142,
      '2022-10-19 01:00',
      '2024-10-29 13:00',
      2770.125,
    ],
    ['tradingview_D1_utc2100.csv', 'D1', 3482, '2008-05-29 21:00', '2021-11-04 21:00', 1818.17],
    ['binance_D1_PAXGUSDT_klines.csv', 'D1', 1954, '2020-08-28 00:00', '2026-01-02 00:00', 4343.3],
    ['dukascopy_D1_BID_all.csv', 'D1', 5196, '2003-05-05 00:00', '2019-12-31 00:00', 1516.915],
  ])('%s states its clock: nothing is asked', (path, timeframe, count, from, to, close) => {
    const { report, bars } = read(`candles/${path}`);
    expect(report).toMatchObject({ timeframe, clock: 'utc', bars: count, problems: [] });
    expect([report.from, report.to]).toEqual([at(from), at(to)]);
    expect(bars!.close.at(-1)).toBe(close);
  });

  it('the volume of a chart with indicators is found among them', () => {
    const { bars } = read('candles/tradingview_H4_indicators_NaN.csv');
    expect([bars!.volume[0], bars!.volume.at(-1)]).toEqual([7678, 82_018]);
  });

  it('889 bars of closed days are left out of the bars of Dukascopy, and told', () => {
    const { report } = read('candles/dukascopy_D1_BID_all.csv');
    expect(report).toMatchObject({ format: 'Dukascopy data', lines: 6086 });
    expect(report.notes).toEqual([
      '889 bars are left out: nothing was traded (no range, volume 0).',
    ]);
  });

  it('daily bars by date alone need their clock named', () => {
    for (const [path, format, count, from, to, close, notes] of [
      [
        'yahoo_D1_GCF.csv',
        'Yahoo Finance history',
        250,
        '2020-06-08',
        '2021-06-07',
        1902.400024,
        1,
      ],
      ['stooq_D1_noheader.csv', 'Stooq data', 4453, '2000-01-03', '2017-04-28', 1268.16, 0],
    ] as const) {
      expect(read(`candles/${path}`).report.problems).toMatchObject([{ code: 'clock-unknown' }]);
      const { report, bars } = read(`candles/${path}`, 'utc');
      expect(report).toMatchObject({ format, timeframe: 'D1', bars: count, problems: [] });
      expect([report.from, report.to]).toEqual([at(from), at(to)]);
      expect(bars!.close.at(-1)).toBe(close);
      expect(report.notes).toHaveLength(notes);
    }
  });

  it('binary history without any range is refused with the reason, its clock not asked', () => {
    const { report, bars } = read('candles/mt4_D1_XAUUSD1440_v400.hst');
    expect(bars).toBeNull();
    expect(report).toMatchObject({ timeframe: 'D1', bars: 677 });
    expect(report.preview[0]).toMatchObject({ time: at('2018-02-23 08:00'), close: 1328.6801 });
    expect(report.problems).toMatchObject([{ code: 'flat-bars' }]);
  });
});
