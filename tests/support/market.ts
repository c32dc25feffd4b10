import fc from 'fast-check';
import { emptyBars, type Bars } from '../../src-main/domain/bars/bars.ts';

/** A week of hours on a grid of cents, with gaps between bars now and then. */
export interface Candle {
  gap: number;
  body: number;
  upper: number;
  lower: number;
}

const move = (largest: number) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: -500, max: 500 }) },
    { weight: 1, arbitrary: fc.integer({ min: -largest, max: largest }) },
  );
const wick = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 15_000 }) },
);
const candle: fc.Arbitrary<Candle> = fc.record({
  gap: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, move(20_000)),
  body: move(10_000),
  upper: wick,
  lower: wick,
});

/** Monday 2022-03-07 00:00 UTC: a daylight-saving change falls into the second week. */
const START = Date.UTC(2022, 2, 7) / 1000;

/** Bars from candles whose numbers are in cents; prices never fall below one dollar. */
export function barsOf(candles: readonly Candle[], firstClose = 180_000): Bars {
  const bars = emptyBars(candles.length + 1, 3600);
  let close = firstClose;
  const put = (i: number, cents: { open: number; high: number; low: number; close: number }) => {
    bars.time[i] = START + i * 3600;
    bars.open[i] = cents.open / 100;
    bars.high[i] = cents.high / 100;
    bars.low[i] = cents.low / 100;
    bars.close[i] = cents.close / 100;
    bars.volume[i] = 1;
  };
  put(0, { open: close, high: close, low: close, close });
  candles.forEach(({ gap, body, upper, lower }, i) => {
    const open = Math.max(100, close + gap);
    close = Math.max(100, open + body);
    const low = Math.max(100, Math.min(open, close) - lower);
    put(i + 1, { open, high: Math.max(open, close) + upper, low, close });
  });
  return bars;
}

export const randomBars = (length: { minLength: number; maxLength: number }) =>
  fc.array(candle, length).map((candles) => barsOf(candles));
