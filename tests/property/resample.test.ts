import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceBars, type Bars } from '../../src-main/domain/bars/bars.ts';
import { resample } from '../../src-main/domain/bars/resample.ts';
import { aheadOfUtc } from '../../src-main/domain/time/clock.ts';
import { randomBars } from '../support/market.ts';

const HOUR = 3_600;
const series = randomBars({ minLength: 1, maxLength: 500 });
const steps = fc.constantFrom(4 * HOUR, 24 * HOUR);
const clocks = fc.constantFrom('utc', 'new-york-close', '+05:30', '-03:00');
const rows = (bars: Bars) =>
  Array.from(bars.time, (time, i) =>
    [time, bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]].join(),
  );

/** The same by hand: every bar into the group of its day or part of a day, as the clock shows it. */
function byHand(bars: Bars, step: number, ahead: (time: number) => number): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  bars.time.forEach((time, i) => {
    const group = Math.floor((time + ahead(time)) / step);
    groups.set(group, [...(groups.get(group) ?? []), i]);
  });
  return groups;
}

describe('longer bars made of shorter ones', () => {
  it('have the first open, the extremes, the last close and the sum of the volumes', () => {
    fc.assert(
      fc.property(series, steps, clocks, (bars, step, clock) => {
        const ahead = aheadOfUtc(clock) as (time: number) => number;
        const longer = resample(bars, step, ahead);
        const groups = [...byHand(bars, step, ahead).values()];
        expect(longer.time.length).toBeGreaterThanOrEqual(groups.length - 1);
        longer.time.forEach((time, at) => {
          const group = groups[at]!;
          const of = (column: Float64Array) => group.map((i) => column[i]!);
          expect(time).toBeLessThanOrEqual(bars.time[group[0]!]!);
          expect(longer.open[at]).toBe(bars.open[group[0]!]);
          expect(longer.high[at]).toBe(Math.max(...of(bars.high)));
          expect(longer.low[at]).toBe(Math.min(...of(bars.low)));
          expect(longer.close[at]).toBe(bars.close[group.at(-1)!]);
          expect(longer.volume[at]).toBe(group.length);
        });
      }),
      { seed: 1 },
    );
  });

  it('come in order, and never change when more bars follow', () => {
    fc.assert(
      fc.property(
        series,
        steps,
        clocks,
        fc.double({ min: 0, max: 1 }),
        (bars, step, clock, cut) => {
          const ahead = aheadOfUtc(clock);
          const all = resample(bars, step, ahead);
          for (let i = 1; i < all.time.length; i++) {
            expect(all.time[i]).toBeGreaterThan(all.time[i - 1]!);
          }
          const part = resample(
            sliceBars(bars, 0, Math.floor(cut * bars.time.length)),
            step,
            ahead,
          );
          expect(rows(all).slice(0, part.time.length)).toEqual(rows(part));
        },
      ),
      { seed: 1 },
    );
  });

  it('are only told when their last bar has closed', () => {
    fc.assert(
      fc.property(series, steps, (bars, step) => {
        const { time } = resample(bars, step, () => 0);
        const closed = bars.time.at(-1)! + HOUR;
        expect((time.at(-1) ?? 0) + step).toBeLessThanOrEqual(Math.max(closed, step));
        // The next one is not whole yet.
        expect((time.at(-1) ?? bars.time[0]! - step) + 2 * step).toBeGreaterThan(closed);
      }),
      { seed: 1 },
    );
  });
});

describe('a day of gold', () => {
  // 2022-03-07 to 03-20: New York changed its clock on Sunday the 13th.
  const hours = (from: string, count: number): Bars => {
    const start = Date.parse(from) / 1000;
    const column = () => new Float64Array(count).fill(1);
    const time = column().map((_, i) => start + i * HOUR);
    const [open, high, low, close, volume] = [column(), column(), column(), column(), column()];
    return { stepSeconds: HOUR, time, open, high, low, close, volume };
  };
  const opened = (bars: Bars, step: number, clock: 'utc' | 'new-york-close') =>
    Array.from(resample(bars, step, aheadOfUtc(clock)).time, (time) =>
      new Date(time * 1000).toISOString().slice(5, 16),
    );

  it('ends at 17:00 in New York, winter and summer, where the series is on that clock', () => {
    expect(opened(hours('2022-03-10T22:00Z', 24), 24 * HOUR, 'new-york-close')).toEqual([
      '03-10T22:00',
    ]);
    expect(opened(hours('2022-03-14T21:00Z', 24), 24 * HOUR, 'new-york-close')).toEqual([
      '03-14T21:00',
    ]);
  });

  it('ends at midnight on any other clock', () => {
    expect(opened(hours('2022-03-14T00:00Z', 48), 24 * HOUR, 'utc')).toEqual([
      '03-14T00:00',
      '03-15T00:00',
    ]);
  });

  it('falls into six bars of four hours', () => {
    expect(opened(hours('2022-03-14T21:00Z', 24), 4 * HOUR, 'new-york-close')).toEqual([
      '03-14T21:00',
      '03-15T01:00',
      '03-15T05:00',
      '03-15T09:00',
      '03-15T13:00',
      '03-15T17:00',
    ]);
  });
});
