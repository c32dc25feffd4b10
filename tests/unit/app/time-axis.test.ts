import { describe, expect, it } from 'vitest';
import { timeAxis } from '../../../src-main/app/evaluation/report/time-axis.ts';
import { at } from '../../support/candle-files.ts';

const ticksOf = (from: string, to: string) =>
  timeAxis(at(from), at(to), 'exit').ticks.map(({ text }) => text);

describe('the axis of time in a report', () => {
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

  it('is never crowded, and never without a mark but within a day', () => {
    const from = at('2018-03-01 10:00');
    for (let days = 1; days < 20_000; days = Math.ceil(days * 1.1)) {
      const axis = timeAxis(from, from + days * 86_400, 'exit');
      expect(axis.ticks.length).toBeGreaterThan(0);
      expect(axis.ticks.length).toBeLessThanOrEqual(9);
      for (const tick of axis.ticks) {
        expect(tick.at).toBeGreaterThanOrEqual(axis.from);
        expect(tick.at).toBeLessThanOrEqual(axis.to);
      }
    }
  });
});
