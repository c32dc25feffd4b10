import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticMarket } from '../../src-main/synth/market.ts';
import { FULL_MIX, MIX_WITHOUT_SERIES } from '../../src-main/synth/parameters.ts';
import { PARAMETERS } from '../unit/synth/parameters.ts';

const bootstrapSource = syntheticMarket(
  { parameters: PARAMETERS, bootstrapSource: null },
  MIX_WITHOUT_SERIES,
).path(1, 1, 3_000);
const market = syntheticMarket({ parameters: PARAMETERS, bootstrapSource }, FULL_MIX);

describe('every path of the synthetic market', () => {
  it('is made of candles: low ≤ open, close ≤ high, prices above 0, times an hour or more apart', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 500 }),
        (seed, path, length) => {
          const bars = market.path(seed, path, length);
          expect(bars.close).toHaveLength(length);
          for (let i = 0; i < length; i++) {
            const [open, high, low, close] = [
              bars.open[i]!,
              bars.high[i]!,
              bars.low[i]!,
              bars.close[i]!,
            ];
            expect(low).toBeGreaterThan(0);
            expect(low <= Math.min(open, close) && Math.max(open, close) <= high).toBe(true);
            expect(high).toBeLessThan(1e9);
            if (i > 0) expect(bars.time[i]! - bars.time[i - 1]!).toBeGreaterThanOrEqual(3_600);
          }
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  it('falls as often as it rises: what is true of longs is true of shorts', () => {
    let rises = 0;
    let upper = 0;
    let lower = 0;
    const paths = 600;
    for (let path = 0; path < paths; path++) {
      const bars = market.path(3, path, 300);
      if (bars.close[299]! > bars.open[0]!) rises++;
      for (let i = 0; i < 300; i++) {
        upper += Math.log(bars.high[i]! / Math.max(bars.open[i]!, bars.close[i]!));
        lower += Math.log(Math.min(bars.open[i]!, bars.close[i]!) / bars.low[i]!);
      }
    }
    expect(Math.abs(rises / paths - 0.5)).toBeLessThan(0.07);
    expect(Math.abs(upper / lower - 1)).toBeLessThan(0.03);
  });
});
