import { describe, expect, it } from 'vitest';
import {
  linearTicks,
  logTicks,
  niceStep,
  powersOfTen,
  shortPower,
} from '../../../src-renderer/charts/ticks.ts';

describe('a step between marks', () => {
  it('is the next of 1, 2 and 5 at any power of ten', () => {
    expect([0.3, 1.1, 2.1, 5.1].map(niceStep)).toEqual([0.5, 2, 5, 10]);
    expect(niceStep(130)).toBe(200);
  });

  it('stays where it is round already, and is 1 where there is nothing to divide', () => {
    expect([0.2, 1, 50].map(niceStep)).toEqual([0.2, 1, 50]);
    expect([0, -3, NaN].map(niceStep)).toEqual([1, 1, 1]);
  });
});

describe('linear marks', () => {
  it('are round and hold all values between them', () => {
    expect(linearTicks(-7, 31, 5)).toEqual([-10, 0, 10, 20, 30, 40]);
    expect(linearTicks(0, 100, 5)).toEqual([0, 20, 40, 60, 80, 100]);
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
