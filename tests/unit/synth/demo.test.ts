import { describe, expect, it } from 'vitest';
import { demoSeries } from '../../../src-main/synth/demo.ts';
import { fingerprintOf } from '../../../src-main/synth/fingerprint.ts';
import { PARAMETERS } from './parameters.ts';

describe('the demo series', () => {
  const demo = demoSeries(PARAMETERS, 1);

  it('is a year of hourly bars to the last hour of 2023, closing at 2,000', () => {
    expect(demo.close).toHaveLength(6_000);
    expect(new Date(demo.time.at(-1)! * 1000).toISOString()).toBe('2023-12-29T21:00:00.000Z');
    expect(demo.close.at(-1)).toBe(2_000);
  });

  it('has whole cents, and no high below or low above its candle', () => {
    for (let i = 0; i < demo.close.length; i++) {
      for (const price of [demo.open[i]!, demo.high[i]!, demo.low[i]!, demo.close[i]!]) {
        expect(Number(price.toFixed(2))).toBe(price);
      }
      expect(demo.low[i]).toBeLessThanOrEqual(Math.min(demo.open[i]!, demo.close[i]!));
      expect(demo.high[i]).toBeGreaterThanOrEqual(Math.max(demo.open[i]!, demo.close[i]!));
    }
  });

  it('follows from its seed', () => {
    expect(fingerprintOf(demoSeries(PARAMETERS, 1))).toBe(fingerprintOf(demo));
    expect(fingerprintOf(demoSeries(PARAMETERS, 2))).not.toBe(fingerprintOf(demo));
  });
});
