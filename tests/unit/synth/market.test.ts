import { describe, expect, it } from 'vitest';
import { sliceBars, type Bars } from '../../../src-main/domain/bars/bars.ts';
import { randomStream } from '../../../src-main/domain/stats/random.ts';
import { candleShapes, fillBootstrap } from '../../../src-main/synth/bootstrap.ts';
import { stylisedFacts } from '../../../src-main/synth/facts.ts';
import { fingerprintOf } from '../../../src-main/synth/fingerprint.ts';
import { syntheticMarket } from '../../../src-main/synth/market.ts';
import { emptyBars } from '../../../src-main/domain/bars/bars.ts';
import {
  FULL_MIX,
  MIX_WITHOUT_SERIES,
  type MarketMix,
} from '../../../src-main/synth/parameters.ts';
import { PARAMETERS } from './parameters.ts';

const alone = { bootstrapSource: null, parameters: PARAMETERS };
const source = syntheticMarket(alone, MIX_WITHOUT_SERIES).path(99, 0, 5_000);
const withSeries = { parameters: PARAMETERS, bootstrapSource: source };
const only = (part: Partial<MarketMix>): MarketMix => ({
  garch: 0,
  volatility: 0,
  bootstrap: 0,
  ...part,
});

describe('a path of the synthetic market', () => {
  it('is the same bit for bit whenever and in whatever order it is drawn', () => {
    const first = syntheticMarket(withSeries, FULL_MIX);
    const forwards = [0, 1, 2, 3, 4, 5].map((path) => fingerprintOf(first.path(7, path, 600)));
    const second = syntheticMarket(withSeries, FULL_MIX);
    const backwards = [5, 4, 3, 2, 1, 0].map((path) => fingerprintOf(second.path(7, path, 600)));
    expect(backwards.reverse()).toEqual(forwards);
    expect(new Set(forwards).size).toBe(6);
  });

  it('keeps the bits that it had when this version of the generators was published', () => {
    const drawn = (mix: MarketMix) => fingerprintOf(syntheticMarket(alone, mix).path(1, 0, 500));
    expect(drawn(only({ garch: 1 }))).toBe(
      'bbc42500807ace52bf08fd68a6b0c1097305aefd9507b1ff322c3b604cb10dac',
    );
    expect(drawn(only({ volatility: 1 }))).toBe(
      '06e119df0f417f03633f11377132235ed0aa470515aacbfd8fdf2c8d6a98a68a',
    );
  });

  it('differs by seed and begins alike at any length', () => {
    const market = syntheticMarket(alone, MIX_WITHOUT_SERIES);
    const long = market.path(3, 12, 900);
    expect(fingerprintOf(sliceBars(long, 0, 400))).toBe(fingerprintOf(market.path(3, 12, 400)));
    expect(fingerprintOf(market.path(4, 12, 900))).not.toBe(fingerprintOf(long));
  });

  it('cannot ask for blocks of a real series without one', () => {
    expect(() => syntheticMarket(alone, FULL_MIX)).toThrow(/no series is given/);
  });

  it('has a volatility scale of its own: lognormal with the fitted deviation', () => {
    const market = syntheticMarket(alone, only({ garch: 1 }));
    const logs = Array.from({ length: 300 }, (_, path) =>
      Math.log(stylisedFacts(market.path(5, path, 600)).volatility),
    );
    const centre = logs.reduce((sum, x) => sum + x, 0) / logs.length;
    const deviation = Math.sqrt(logs.reduce((sum, x) => sum + (x - centre) ** 2, 0) / logs.length);
    // The path's own GARCH adds a little to the 0.45.
    expect(deviation).toBeGreaterThan(0.4);
    expect(deviation).toBeLessThan(0.6);
  });
});

describe('the three generators', () => {
  const factsOf = (mix: MarketMix) => {
    const still = { ...withSeries, parameters: { ...PARAMETERS, scaleDeviation: 0 } };
    return stylisedFacts(syntheticMarket(still, mix).path(1, 1, 30_000));
  };

  it('garch: fat tails, volatility that persists for days, the fitted variance', () => {
    const facts = factsOf(only({ garch: 1 }));
    expect(facts.kurtosis).toBeGreaterThan(6);
    expect(facts.rangeAutocorrelation[1]).toBeGreaterThan(0.25);
    expect(facts.rangeAutocorrelation[24]).toBeGreaterThan(0.15);
    expect(facts.volatility / 0.002).toBeGreaterThan(0.8);
    expect(facts.volatility / 0.002).toBeLessThan(1.25);
    expect(facts.rangeToVolatility).toBeCloseTo(1.44, 1);
  });

  it('volatility: the shape of the day shows as ranges that return after 23 bars', () => {
    const facts = factsOf(only({ volatility: 1 }));
    expect(facts.kurtosis).toBeGreaterThan(8);
    expect(facts.rangeAutocorrelation[24]).toBeGreaterThan(facts.rangeAutocorrelation[6]);
    expect(facts.rangeAutocorrelation[120]).toBeGreaterThan(0.08);
  });

  it('volatility: opens the week with a gap and no other bar', () => {
    const bars = syntheticMarket(alone, only({ volatility: 1 })).path(1, 2, 1_000);
    for (let i = 1; i < bars.close.length; i++) {
      const weekend = bars.time[i]! - bars.time[i - 1]! > 86_400;
      if (weekend) expect(bars.open[i]).not.toBe(bars.close[i - 1]);
      else expect(bars.open[i]).toBe(bars.close[i - 1]);
    }
  });

  it('bootstrap: candles of the series, the same or mirrored with highs and lows exchanged', () => {
    const shapes = candleShapes(source);
    const seen = new Map(Array.from(shapes.close, (body, i) => [Math.abs(body).toFixed(12), i]));
    const bars = emptyBars(2_000, 3_600);
    fillBootstrap(bars, 1_800, 1, shapes, randomStream(11));
    const drawn = candleShapes(bars);
    let mirrored = 0;
    for (let i = 0; i < drawn.close.length; i++) {
      const from = seen.get(Math.abs(drawn.close[i]!).toFixed(12))!;
      expect(from, `candle ${i} comes from the series`).toBeDefined();
      const same = Math.sign(drawn.close[i]!) === Math.sign(shapes.close[from]!);
      if (!same) mirrored++;
      expect(drawn.high[i]).toBeCloseTo(same ? shapes.high[from]! : -shapes.low[from]!, 10);
      expect(drawn.low[i]).toBeCloseTo(same ? shapes.low[from]! : -shapes.high[from]!, 10);
    }
    expect(mirrored / drawn.close.length).toBeGreaterThan(0.2);
    expect(mirrored / drawn.close.length).toBeLessThan(0.8);
  });
});

describe('the stylised facts', () => {
  it('of a market that alternates between two ranges', () => {
    const bars: Bars = emptyBars(400, 3_600);
    for (let i = 0; i < 400; i++) {
      bars.close[i] = i % 2 ? 100 : 101;
      bars.open[i] = bars.close[i]!;
      bars.high[i] = bars.close[i]! * (i % 2 ? 1.01 : 1.03);
      bars.low[i] = bars.close[i]!;
    }
    const facts = stylisedFacts(bars);
    expect(facts.kurtosis).toBeCloseTo(1, 10);
    expect(facts.volatility).toBeCloseTo(Math.log(1.01), 10);
    expect(facts.rangeAutocorrelation[1]).toBeCloseTo(-1, 1);
    expect(facts.rangeAutocorrelation[6]).toBeCloseTo(1, 1);
    expect(facts.rangeToVolatility).toBeCloseTo(0.02 / Math.log(1.01), 6);
  });
});
