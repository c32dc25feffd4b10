import { describe, expect, it } from 'vitest';
import { MonthBootstrap, monthOf, MonthSums } from '../../../src-main/domain/stats/bootstrap.ts';
import {
  areaUnderCurve,
  brierScore,
  calibrationError,
  CLIP,
  expectedLogGrowth,
  logLoss,
  median,
  monotonicityViolations,
  reliability,
} from '../../../src-main/domain/stats/metrics.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';

const p = Float64Array.of(0.1, 0.4, 0.4, 0.8);
const hit = Uint8Array.of(0, 0, 1, 1);

describe('metrics of probabilities, by hand', () => {
  it('log loss is the mean of -log of the probability given to what happened', () => {
    const byHand = -(Math.log(0.9) + Math.log(0.6) + Math.log(0.4) + Math.log(0.8)) / 4;
    expect(logLoss(p, hit)).toBeCloseTo(byHand, 12);
  });

  it('log loss of a certainty that was wrong is that of one in a million, not infinite', () => {
    expect(logLoss(Float64Array.of(0, 1), Uint8Array.of(1, 0))).toBeCloseTo(-Math.log(CLIP), 9);
    expect(logLoss(Float64Array.of(0, 1), Uint8Array.of(0, 1))).toBeCloseTo(0, 9);
  });

  it('Brier score is the mean squared difference', () => {
    expect(brierScore(p, hit)).toBeCloseTo((0.01 + 0.16 + 0.36 + 0.04) / 4, 12);
  });

  it('AUC counts pairs in the right order, ties half', () => {
    expect(areaUnderCurve(p, hit)).toBe(3.5 / 4);
    expect(areaUnderCurve(Float64Array.of(0.2, 0.2, 0.2), Uint8Array.of(0, 1, 0))).toBe(0.5);
    expect(areaUnderCurve(Float64Array.of(0.9, 0.1), Uint8Array.of(0, 1))).toBe(0);
    expect(areaUnderCurve(p, new Uint8Array(4))).toBeNaN();
  });

  it('ECE weighs the distance of probability and frequency in 15 bins by their counts', () => {
    // Bins are 1/15 wide: 0.1 | 0.4 and 0.4 | 0.8.
    expect(calibrationError(p, hit)).toBeCloseTo((0.1 + 2 * 0.1 + 0.2) / 4, 12);
    expect(reliability(p, hit)).toEqual([
      { count: 1, meanProbability: 0.1, frequency: 0 },
      { count: 2, meanProbability: 0.4, frequency: 0.5 },
      { count: 1, meanProbability: 0.8, frequency: 1 },
    ]);
    expect(calibrationError(Float64Array.of(1, 0), Uint8Array.of(1, 0))).toBe(0);
  });

  it('monotonicity violations are falls inside a ladder, not between two', () => {
    expect(monotonicityViolations(Float64Array.of(0.1, 0.2, 0.2, 0.1, 0.3, 0.2), 3)).toBe(1);
  });
});

describe('metrics of returns, by hand', () => {
  it('median of an odd and an even number of values', () => {
    expect(median([3, -1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('expected log growth falls below zero where losses eat the mean', () => {
    expect(expectedLogGrowth([0.5, -0.5])).toBeCloseTo(Math.log(0.75) / 2, 12);
    expect(expectedLogGrowth([-1.2])).toBeCloseTo(Math.log(0.001), 12);
  });
});

describe('month bootstrap', () => {
  const sums = (months: readonly (readonly [sum: number, count: number])[]) => {
    const all = new MonthSums(months.length);
    months.forEach(([sum, count], month) => all.add(month, sum, count));
    return all;
  };
  const alike = sums(Array.from({ length: 24 }, () => [2, 10] as const));
  const rising = sums(Array.from({ length: 24 }, (_, i) => [i, 10] as const));

  it('has no width where every month is alike', () => {
    expect(new MonthBootstrap(1).interval(alike)).toEqual({ low: 0.2, high: 0.2 });
  });

  it('resamples months, not cases: ten identical cases in a month are one piece of evidence', () => {
    const single = sums(Array.from({ length: 40 }, (_, i) => [i % 2, 1] as const));
    const tenfold = sums(Array.from({ length: 40 }, (_, i) => [(i % 2) * 10, 10] as const));
    const interval = new MonthBootstrap(3).interval(single)!;
    expect(new MonthBootstrap(3).interval(tenfold)).toEqual(interval);
    // Standard error of the mean of 40 coin flips: 0.079.
    expect(interval.low).toBeCloseTo(0.5 - 1.96 * 0.079, 1);
    expect(interval.high).toBeCloseTo(0.5 + 1.96 * 0.079, 1);
  });

  it('is the same for the same seed, whatever it was asked before', () => {
    const bootstrap = new MonthBootstrap(5);
    bootstrap.interval(alike);
    expect(bootstrap.interval(rising)).toEqual(new MonthBootstrap(5).interval(rising));
    expect(bootstrap.interval(rising)).not.toEqual(new MonthBootstrap(6).interval(rising));
  });

  it('is unknown from a single month', () => {
    const bootstrap = new MonthBootstrap(1);
    expect(bootstrap.interval(sums([[1, 2]]))).toBeNull();
    expect(
      bootstrap.interval(
        sums([
          [1, 2],
          [0, 0],
        ]),
      ),
    ).toBeNull();
  });

  it('draws the months of a difference for both at once', () => {
    const higher = sums(Array.from({ length: 24 }, (_, i) => [i + 3, 10] as const));
    const { low, high } = new MonthBootstrap(2).difference(higher, rising)!;
    expect(low).toBeCloseTo(0.3, 12);
    expect(high).toBeCloseTo(0.3, 12);
    expect(new MonthBootstrap(2).interval(rising)!.low).toBeLessThan(1);
  });

  it('counts months by the UTC calendar', () => {
    const month = (text: string) => monthOf((Date.parse(text) / 1000) as UtcSeconds);
    expect(month('2023-02-01T00:00Z') - month('2023-01-31T23:00Z')).toBe(1);
    expect(month('2023-01-01T00:00Z') - month('2022-12-31T23:00Z')).toBe(1);
    expect(month('2023-01-31T23:00Z')).toBe(month('2023-01-01T00:00Z'));
  });
});
