import { z } from 'zod';
import { instrumentId, type FittedBars } from '../contract/instrument.ts';
import type { UtcSeconds } from '../domain/units.ts';

/** Raised whenever a generator changes, so that no stored seed is ever redrawn as other candles. */
export const GENERATOR_VERSION = 1;

const positive = z.number().positive();
const share = z.number().min(0).lt(1);

/** Where the parameters come from. */
export const provenance = z.object({
  seriesName: z.string().min(1),
  /** Of the series; null where it is not known, and left out by earlier versions. */
  instrument: instrumentId.nullable().optional(),
  /** `fingerprintOf` the bars that were fitted. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** Opening of the first and the last of them, UTC seconds. */
  from: z.number().int(),
  to: z.number().int(),
  bars: z.number().int().positive(),
  /** When, UTC seconds. */
  fittedAt: z.number().int(),
  generatorVersion: z.literal(GENERATOR_VERSION),
});

/**
 * GARCH(1,1) with Student-t returns: sigma²(t) = variance·(1 - alpha - beta) + alpha·r²(t-1) +
 * beta·sigma²(t-1). Log returns of one hour.
 */
export const garchParameters = z
  .object({
    variance: positive,
    alpha: share,
    beta: share,
    degrees: z.number().gt(2).max(1000),
    /** Variance inside a bar, for its high and low, as a multiple of the return's. */
    intrabar: positive,
  })
  .refine(({ alpha, beta }) => alpha + beta < 1, 'alpha + beta must stay below 1');
export type GarchParameters = z.infer<typeof garchParameters>;

/** A stationary first-order autoregression: its standard deviation and correlation bar to bar. */
const factor = z.object({ deviation: z.number().min(0), persistence: share });

/** Two-factor stochastic volatility. Logs are natural; volatilities are those of hourly returns. */
export const volatilityParameters = z.object({
  /** Mean log volatility of an average hour. */
  level: z.number(),
  slow: factor,
  fast: factor,
  /** Log volatility of each New York hour against the average; 0 where the market is closed. */
  hourShape: z.array(z.number()).length(24),
  /** Gap from Friday's close to Sunday's open: scale · Student-t, in units of the volatility. */
  weekendGap: z.object({ scale: z.number().min(0), degrees: z.number().gt(2).max(1000) }),
  /** A jump is threshold + excess · exponential, either sign, in units of the volatility. */
  jumps: z.object({ rate: share, threshold: positive, excess: z.number().min(0) }),
  intrabar: positive,
});
export type VolatilityParameters = z.infer<typeof volatilityParameters>;

export const stylisedFactsSchema = z.object({
  kurtosis: z.number(),
  rangeAutocorrelation: z.object({
    1: z.number(),
    6: z.number(),
    24: z.number(),
    120: z.number(),
  }),
  rangeToVolatility: z.number(),
  volatility: z.number(),
});

/** Everything that the synthetic market knows of the real one, as kept in resources/. */
export const marketParameters = z.object({
  provenance,
  /** Standard deviation of the log volatility scale that each path draws for itself. */
  scaleDeviation: z.number().min(0),
  garch: garchParameters,
  volatility: volatilityParameters,
  /** Stylised facts of the fitted series, to hold a drawn one against. */
  facts: stylisedFactsSchema,
});
export type MarketParameters = z.infer<typeof marketParameters>;

export const fittedBarsOf = ({ provenance }: MarketParameters): FittedBars => ({
  instrument: provenance.instrument ?? null,
  from: provenance.from as UtcSeconds,
  to: provenance.to as UtcSeconds,
});

/** Relative frequency of each generator. */
export const marketMix = z
  .object({ garch: z.number().min(0), volatility: z.number().min(0), bootstrap: z.number().min(0) })
  .refine((mix) => mix.garch + mix.volatility + mix.bootstrap > 0, 'at least one share above 0');
export type MarketMix = z.infer<typeof marketMix>;

/** A third each, where there is a real series to take blocks from. */
export const FULL_MIX: MarketMix = { garch: 1, volatility: 1, bootstrap: 1 };
/** Without one. */
export const MIX_WITHOUT_SERIES: MarketMix = { garch: 1, volatility: 1, bootstrap: 0 };
