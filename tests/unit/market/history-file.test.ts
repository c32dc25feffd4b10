import { describe, expect, it } from 'vitest';
import type { Bars } from '../../../src-main/domain/bars/bars.ts';
import { readCandles } from '../../../src-main/market/read-candles.ts';
import {
  barsAt,
  goldTimes,
  historyFile,
  serverClock,
  shownOn,
} from '../../support/candle-files.ts';

const HOURS = barsAt(goldTimes('2024-01-08', '2024-04-29'));
const SHOWN = shownOn(HOURS, serverClock);

const read = (file: Uint8Array, clock = 'auto') =>
  readCandles(file, 'XAUUSD60.hst', { symbol: 'XAUUSD', clock });

describe.each([400, 401] as const)('a history file of MetaTrader 4, version %d', (version) => {
  it('is read to the last bit, on the server clock that its bars show', () => {
    const { report, bars } = read(historyFile(SHOWN, version));
    expect(report).toMatchObject({
      format: `MetaTrader 4 history, version ${version}`,
      timeframe: 'H1',
      clock: 'new-york-close',
      lines: HOURS.time.length,
      problems: [],
    });
    expect(bars).toEqual(HOURS);
  });

  it('is refused where no bar has a range', () => {
    const { close } = SHOWN;
    const flat: Bars = { ...SHOWN, open: close, high: close, low: close };
    const { report, bars } = read(historyFile(flat, version));
    expect(bars).toBeNull();
    expect(report.problems).toMatchObject([{ code: 'flat-bars', line: 0 }]);
  });

  it('is refused where it ends within a bar', () => {
    const { report, bars } = read(historyFile(SHOWN, version).subarray(0, -7));
    expect(bars).toBeNull();
    expect(report.problems).toMatchObject([{ code: 'cut-bar', line: HOURS.time.length }]);
  });

  it('is refused by the number of a bar that makes no sense', () => {
    const high = SHOWN.high.with(4, 1).with(6, NaN);
    const time = SHOWN.time.with(8, SHOWN.time[7]!);
    const { report, bars } = read(historyFile({ ...SHOWN, high, time }, version));
    expect(bars).toBeNull();
    expect(report.problems.map(({ code, line }) => [code, line])).toEqual([
      ['high-below-low', 5],
      ['bad-number', 7],
      ['duplicate-bar', 9],
    ]);
  });

  it('holds no bars where it ends after its header', () => {
    expect(read(historyFile(SHOWN, version).subarray(0, 148)).report.problems).toMatchObject([
      { code: 'no-bars' },
    ]);
  });
});

it('bars with times beyond all calendars are refused', () => {
  const file = historyFile(SHOWN, 401);
  new DataView(file.buffer).setBigInt64(148 + 60, 2n ** 60n, true);
  expect(read(file).report.problems).toMatchObject([{ code: 'bad-time', line: 2 }]);
});
