import { marketParameters, type MarketParameters } from '../../../src-main/synth/parameters.ts';

/** An hour that is busier the later it is; sums to 0 over the 23 trading hours but 17:00. */
const hourShape = Array.from({ length: 24 }, (_, hour) => (hour === 17 ? 0 : (hour - 11.26) / 20));

/** Parameters of the size that gold has, made up for tests. */
export const PARAMETERS: MarketParameters = marketParameters.parse({
  provenance: {
    seriesName: 'made up',
    fingerprint: '0'.repeat(64),
    from: 0,
    to: 3_600,
    bars: 2,
    fittedAt: 0,
    generatorVersion: 1,
  },
  scaleDeviation: 0.45,
  garch: { variance: 4e-6, alpha: 0.05, beta: 0.94, degrees: 5, intrabar: 0.9 },
  volatility: {
    level: -6.6,
    slow: { deviation: 0.35, persistence: 0.998 },
    fast: { deviation: 0.3, persistence: 0.6 },
    hourShape,
    weekendGap: { scale: 0.6, degrees: 3 },
    jumps: { rate: 0.002, threshold: 6, excess: 2 },
    intrabar: 1.1,
  },
  facts: {
    kurtosis: 30,
    rangeAutocorrelation: { 1: 0.5, 6: 0.25, 24: 0.4, 120: 0.2 },
    rangeToVolatility: 1.44,
    volatility: 0.002,
  },
});
