import { emptyBars, type Bars } from '../domain/bars/bars.ts';
import { randomStream } from '../domain/stats/random.ts';
import { logRanges } from './day-shape.ts';
import { mean, stylisedFacts } from './facts.ts';
import { fillGarch } from './garch.ts';
import { fillStochasticVolatility } from './stochastic-volatility.ts';
import type { GarchOfReturns } from './fit-garch.ts';
import type { ShapeOfVolatility } from './fit-volatility.ts';
import type { GarchParameters, VolatilityParameters } from './parameters.ts';

/** Length of the paths drawn to compare with the real series, and rounds of correction. */
const DRAWN_BARS = 60_000;
const ROUNDS = 12;
const SEED = 1;
const PRICE = 1_800;

/**
 * Range to volatility ratio grows with the root of the variance inside the bar, or slower: a squared
 * correction never overshoots.
 */
const corrected = (intrabar: number, wanted: number, drawn: number) =>
  intrabar * (wanted / drawn) ** 2;

/** The variance inside a bar that gives drawn bars the range to volatility ratio of real ones. */
export function calibrateGarch(garch: GarchOfReturns, real: Bars): GarchParameters {
  const wanted = stylisedFacts(real).rangeToVolatility;
  const drawn = emptyBars(DRAWN_BARS, real.stepSeconds);
  let intrabar = 1;
  for (let round = 0; round < ROUNDS; round++) {
    fillGarch(drawn, PRICE, 1, { ...garch, intrabar }, randomStream(SEED));
    intrabar = corrected(intrabar, wanted, stylisedFacts(drawn).rangeToVolatility);
  }
  return { ...garch, intrabar };
}

/** The same for stochastic volatility; the mean log range gives its level. */
export function calibrateVolatility(shape: ShapeOfVolatility, real: Bars): VolatilityParameters {
  const wanted = stylisedFacts(real).rangeToVolatility;
  const wantedRange = mean(logRanges(real));
  const drawn = emptyBars(DRAWN_BARS, real.stepSeconds);
  let level = wantedRange;
  let intrabar = 1;
  for (let round = 0; round < ROUNDS; round++) {
    const parameters = { ...shape, level, intrabar };
    fillStochasticVolatility(drawn, 0, PRICE, 1, parameters, randomStream(SEED));
    level += wantedRange - mean(logRanges(drawn));
    intrabar = corrected(intrabar, wanted, stylisedFacts(drawn).rangeToVolatility);
  }
  return { ...shape, level, intrabar };
}
