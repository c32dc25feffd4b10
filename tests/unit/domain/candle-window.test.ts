import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceBars, type Bars } from '../../../src-main/domain/bars/bars.ts';
import {
  CANDLE_FEATURES,
  CANDLE_WINDOW_LENGTH,
  candleWindow,
  WINDOW,
} from '../../../src-main/domain/features/features.ts';
import type { Direction } from '../../../src-main/domain/units.ts';
import { barsOf, randomBars, type Candle } from '../../support/market.ts';

const series = randomBars({ minLength: 140, maxLength: 160 });
const directions = fc.constantFrom<Direction>('long', 'short');

/** The candles of a window, oldest first, each by name. */
function candlesOf(bars: Bars, at: number, direction: Direction) {
  const numbers = new Float64Array(CANDLE_WINDOW_LENGTH);
  candleWindow(bars, at, direction, numbers, 0);
  return Array.from({ length: WINDOW }, (_, i) =>
    Object.fromEntries(
      CANDLE_FEATURES.map((name, k) => [name, numbers[i * CANDLE_FEATURES.length + k]!]),
    ),
  );
}

describe('the candle window', () => {
  const quiet: Candle = { gap: 0, body: 0, upper: 0, lower: 0 };
  const first: Candle = { gap: 1_000, body: 400, upper: 200, lower: 100 };
  const last: Candle = { gap: -300, body: 900, upper: 100, lower: 700 };
  // One bar before the window, which `first` then begins and `last` ends.
  const bars = barsOf([first, ...Array<Candle>(WINDOW - 2).fill(quiet), last]);

  it('tells return, range, body and wicks of 128 candles as shares of the close', () => {
    const window = candlesOf(bars, WINDOW, 'long');
    expect(window).toHaveLength(128);
    expect(window[0]).toEqual({
      return: expect.closeTo(Math.log(1814 / 1810), 12) as number,
      range: expect.closeTo(7 / 1814, 12) as number,
      body: expect.closeTo(4 / 1814, 12) as number,
      upper_wick: expect.closeTo(2 / 1814, 12) as number,
      lower_wick: expect.closeTo(1 / 1814, 12) as number,
    });
    expect(Object.values(window[1]!)).toEqual([0, 0, 0, 0, 0]);
    expect(window[127]).toEqual({
      return: expect.closeTo(Math.log(1820 / 1814), 12) as number,
      range: expect.closeTo(17 / 1820, 12) as number,
      body: expect.closeTo(9 / 1820, 12) as number,
      upper_wick: expect.closeTo(1 / 1820, 12) as number,
      lower_wick: expect.closeTo(7 / 1820, 12) as number,
    });
  });

  it('is reflected for a short: returns negated, wicks swapped, the rest as it is', () => {
    const long = candlesOf(bars, WINDOW, 'long');
    const short = candlesOf(bars, WINDOW, 'short');
    long.forEach((candle, i) => {
      expect(short[i]!['return']! + candle['return']!).toBe(0);
      expect(short[i]).toMatchObject({
        range: candle['range'],
        body: candle['body'],
        upper_wick: candle['lower_wick'],
        lower_wick: candle['upper_wick'],
      });
    });
  });

  it('does not change when the future is cut off, nor the past before it (look-ahead)', () => {
    fc.assert(
      fc.property(series, directions, (market, direction) => {
        const at = 135;
        const whole = candlesOf(market, at, direction);
        expect(candlesOf(sliceBars(market, 0, at + 1), at, direction)).toEqual(whole);
        const alone = sliceBars(market, at + 1 - WINDOW, at + 1);
        expect(candlesOf(alone, WINDOW - 1, direction)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('is written where it is asked for and nowhere else', () => {
    const numbers = new Float32Array(CANDLE_WINDOW_LENGTH + 20).fill(9);
    candleWindow(bars, WINDOW, 'long', numbers, 10);
    expect(numbers.subarray(0, 10)).toEqual(new Float32Array(10).fill(9));
    expect(numbers.subarray(-10)).toEqual(new Float32Array(10).fill(9));
    expect(numbers[10]).toBeCloseTo(Math.log(1814 / 1810), 7);
  });
});
