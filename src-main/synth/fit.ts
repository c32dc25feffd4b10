import { CodedError } from '../contract/errors.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { InstrumentId } from '../domain/instrument.ts';
import type { UtcSeconds } from '../domain/units.ts';
import { calibrateGarch, calibrateVolatility } from './calibrate.ts';
import { dayShape } from './day-shape.ts';
import { stylisedFacts } from './facts.ts';
import { fingerprintOf } from './fingerprint.ts';
import { fitGarch } from './fit-garch.ts';
import { fitShapeOfVolatility } from './fit-volatility.ts';
import { GENERATOR_VERSION, marketParameters, type MarketParameters } from './parameters.ts';

/** Half a year of hours: with fewer, the slow factor of volatility cannot be seen. */
const FEWEST_BARS = 3_000;
/** Product rules, section 5: one series cannot show how much markets differ in volatility. */
const SCALE_DEVIATION = 0.45;

/** The series that the bars are of. */
export interface FittedSeries {
  readonly name: string;
  /** Null where it is not known. */
  readonly instrument: InstrumentId | null;
}

/**
 * Fits the synthetic market to a real hourly series. `fittedAt` is the moment of fitting; everything
 * else follows from the bars.
 */
export function fitMarket(
  bars: Bars,
  { name: seriesName, instrument }: FittedSeries,
  fittedAt: UtcSeconds,
): MarketParameters {
  const problem =
    bars.stepSeconds !== 3_600
      ? 'The synthetic market is fitted to hourly bars, and these are not'
      : bars.close.length < FEWEST_BARS
        ? `The synthetic market needs ${FEWEST_BARS} bars to be fitted; there are ${bars.close.length}`
        : null;
  if (problem) throw new CodedError('bad-argument', { problem });
  const hourShape = dayShape(bars);
  const fitted = marketParameters.safeParse({
    provenance: {
      seriesName,
      instrument,
      fingerprint: fingerprintOf(bars),
      from: bars.time[0],
      to: bars.time.at(-1),
      bars: bars.close.length,
      fittedAt,
      generatorVersion: GENERATOR_VERSION,
    },
    scaleDeviation: SCALE_DEVIATION,
    garch: calibrateGarch(fitGarch(bars, hourShape), bars),
    volatility: calibrateVolatility(fitShapeOfVolatility(bars, hourShape), bars),
    facts: stylisedFacts(bars),
  });
  if (fitted.success) return fitted.data;
  const { path } = fitted.error.issues[0]!;
  throw new CodedError('bad-argument', {
    problem: `The series moves too little to be fitted (${path.join('.')})`,
  });
}
