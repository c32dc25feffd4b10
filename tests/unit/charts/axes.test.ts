import { describe, expect, it } from 'vitest';
import {
  linearAxis,
  linearTicks,
  logTicks,
  powersOfTen,
  shortPower,
  timeAxis,
} from '../../../src-main/charts/axes.ts';
import { at } from '../../support/candle-files.ts';

describe('linear marks', () => {
  it('are round and hold all values between them', () => {
    expect(linearTicks(-7, 31, 5)).toEqual([-10, 0, 10, 20, 30, 40]);
    expect(linearTicks(0, 100, 5)).toEqual([0, 20, 40, 60, 80, 100]);
  });

  it('are 1, 2 or 5 apart, at any power of ten', () => {
    const steps = [0.003, 0.7, 1.7, 4, 6.5, 320].map((high) => {
      const [first, second] = linearTicks(0, high, 4);
      return second! - first!;
    });
    expect(steps).toEqual([0.001, 0.2, 0.5, 1, 2, 100].map((step) => expect.closeTo(step)));
  });

  it('are the ends of an axis, on which every value between them has its place', () => {
    const axis = linearAxis([0.01, 0.46], 5, (value) => `${Math.round(value * 100)}%`);
    expect([axis.from, axis.to]).toEqual([0, 0.5]);
    expect(axis.ticks.map(({ text }) => text)).toEqual(['0%', '10%', '20%', '30%', '40%', '50%']);
    expect([0, 0.25, 0.5, 0.6].map(axis.place)).toEqual(
      [0, 0.5, 1, 1.2].map((n) => expect.closeTo(n)),
    );
  });

  it('are two at least, so that there is a scale', () => {
    expect(linearTicks(0, 0, 5)).toEqual([0, 1]);
  });
});

describe('logarithmic marks', () => {
  it('are 1, 2 and 5 at each power of ten, and hold all values between them', () => {
    expect(logTicks(0.3, 4)).toEqual([0.2, 0.5, 1, 2, 5].map((tick) => expect.closeTo(tick)));
    expect(logTicks(1, 1)).toEqual([1]);
  });

  it('of counts are powers of ten up to the largest one', () => {
    expect(powersOfTen(5_000)).toEqual([1, 10, 100, 1_000, 10_000]);
    expect(powersOfTen(1_000)).toEqual([1, 10, 100, 1_000]);
    expect(powersOfTen(1)).toEqual([1, 10]);
    expect(powersOfTen(400_000).map(shortPower)).toEqual([
      '1',
      '10',
      '100',
      '1k',
      '10k',
      '100k',
      '1M',
    ]);
  });
});

/** With room for eight. */
const WIDTH = 500;
const ticksOf = (from: string, to: string) =>
  timeAxis(at(from), at(to), WIDTH).ticks.map(({ text }) => text);

describe('an axis of time', () => {
  it('has days, months or years, as the span is long', () => {
    expect(ticksOf('2023-03-01 10:00', '2023-03-04 10:00')).toEqual(['03-02', '03-03', '03-04']);
    expect(ticksOf('2022-11-10', '2023-02-20')).toEqual(['2022-12', '2023-01', '2023-02']);
    expect(ticksOf('2018-03-01', '2020-12-22')).toEqual([
      '2018-07',
      '2019-01',
      '2019-07',
      '2020-01',
      '2020-07',
    ]);
    expect(ticksOf('2018-03-01', '2023-12-22')).toEqual(['2019', '2020', '2021', '2022', '2023']);
  });

  it('has fewer marks where there is less room', () => {
    const years = timeAxis(at('2018-03-01'), at('2020-12-22'), 200).ticks.map(({ text }) => text);
    expect(years).toEqual(['2019', '2020']);
  });

  it('is never crowded, and never without a mark but within a day', () => {
    const from = at('2018-03-01 10:00');
    for (let days = 1; days < 20_000; days = Math.ceil(days * 1.1)) {
      const axis = timeAxis(from, from + days * 86_400, WIDTH);
      expect(axis.ticks.length).toBeGreaterThan(0);
      expect(axis.ticks.length).toBeLessThanOrEqual(9);
      for (const tick of axis.ticks) {
        expect(tick.at).toBeGreaterThanOrEqual(axis.from);
        expect(tick.at).toBeLessThanOrEqual(axis.to);
      }
    }
  });
});
