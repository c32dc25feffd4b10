import { describe, expect, it } from 'vitest';
import { readCandles } from '../../../src-main/market/read-candles.ts';
import { at, bytesOf } from '../../support/candle-files.ts';

const read = (text: string) =>
  readCandles(bytesOf(text), 'candles.json', { symbol: 'XAUUSD', clock: 'auto' });

const PRICES = { o: '2080.505', h: '2082.110', l: '2079.430', c: '2081.000' };
const candle = (time: string, more: object = { mid: PRICES }) => ({
  complete: true,
  volume: 41,
  time,
  ...more,
});
const answer = (...candles: object[]) =>
  JSON.stringify({ instrument: 'XAU_USD', granularity: 'H1', candles }, null, 2);

const TEN = '2024-03-05T10:00:00.000000000Z';
const ELEVEN = '2024-03-05T11:00:00.000000000Z';
const TWELVE = '2024-03-05T12:00:00.000000000Z';

describe('candles of OANDA', () => {
  it('are read from RFC 3339 times, in UTC; the one not complete is left out and told', () => {
    const forming = { ...candle(TWELVE), complete: false };
    const { report, bars } = read(answer(candle(TEN), candle(ELEVEN), forming));
    expect(report).toMatchObject({
      format: 'OANDA candles',
      timeframe: 'H1',
      clock: 'utc',
      notes: ['Candles not yet complete are left out: 1.'],
      problems: [],
    });
    expect([...bars!.time]).toEqual([at('2024-03-05 10:00'), at('2024-03-05 11:00')]);
    expect(bars).toMatchObject({ stepSeconds: 3600 });
    expect([bars!.open[0], bars!.high[0], bars!.low[0], bars!.close[0], bars!.volume[0]]).toEqual([
      2080.505, 2082.11, 2079.43, 2081, 41,
    ]);
  });

  it('are read from UNIX times, with a byte order mark before them', () => {
    const times = ['10:00', '11:00'].map((time) => `${at(`2024-03-05 ${time}`)}.000000000`);
    const { report } = read(`\ufeff\n${answer(...times.map((time) => candle(time)))}`);
    expect(report).toMatchObject({ clock: 'utc', from: at('2024-03-05 10:00'), problems: [] });
  });

  it('have the middle where only bid and ask are given, and their own side where only one is', () => {
    const ask = { o: '2080.705', h: '2082.31', l: '2079.635', c: '2081.201' };
    const both = { bid: PRICES, ask };
    const { report, bars } = read(answer(candle(TEN, both), candle(ELEVEN, both)));
    expect(report.notes).toEqual(['Prices are the middle between bid and ask.']);
    expect([bars!.open[0], bars!.high[0], bars!.low[0], bars!.close[0]]).toEqual([
      2080.605, 2082.21, 2079.5325, 2081.1005,
    ]);
    const bid = read(answer(candle(TEN, { bid: PRICES }), candle(ELEVEN, { bid: PRICES })));
    expect(bid.bars!.close[0]).toBe(2081);
    expect(bid.report.notes).toEqual([]);
  });

  it.each([
    ['cut off', answer(candle(TEN), candle(ELEVEN)).slice(0, -40), 'broken-json', 0],
    ['of something else', '{"trades":[]}', 'no-candles', 0],
    ['empty', answer(), 'no-bars', 0],
    ['without prices', answer(candle(TEN), candle(ELEVEN, {})), 'bad-number', 2],
    ['twice', answer(candle(TEN), candle(TEN)), 'duplicate-bar', 2],
    [
      'with a high below the low',
      answer(candle(TEN), candle(ELEVEN, { mid: { ...PRICES, h: '2000' } })),
      'high-below-low',
      2,
    ],
    [
      'with a time within a second',
      answer(candle(TEN), candle('2024-03-05T11:00:00.500000000Z')),
      'bad-time',
      2,
    ],
  ])('%s are refused', (_, text, code, line) => {
    const { report, bars } = read(text);
    expect(bars).toBeNull();
    expect(report.problems).toContainEqual(expect.objectContaining({ code, line }));
  });
});
