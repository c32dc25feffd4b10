import { CodedError } from '../contract/errors.ts';
import { emptyBars, type Bars } from '../domain/bars/bars.ts';
import { exp } from '../domain/stats/exact-math.ts';
import { randomStream } from '../domain/stats/random.ts';
import { candleShapes, fillBootstrap } from './bootstrap.ts';
import { fillTimes, SLOTS_A_WEEK } from './calendar.ts';
import { fillGarch } from './garch.ts';
import { fillStochasticVolatility } from './stochastic-volatility.ts';
import type { MarketMix, MarketParameters } from './parameters.ts';

/** Paths begin at a random hour of the first twenty years of the calendar. */
const WEEKS = 20 * 52;
/** Prices are free of scale; a start near this one keeps charts readable. */
const TYPICAL_PRICE = 1_800;
const PRICE_DEVIATION = 0.25;

/** Bars are hourly. */
export const PATH_STEP_SECONDS = 3_600;

/** What the synthetic market is made of. */
export interface MarketSource {
  readonly parameters: MarketParameters;
  /** The real training series that candle blocks are taken from; null without one. */
  readonly bootstrapSource: Bars | null;
}

/** A market that draws paths: any one of them, in any order, the same bit for bit. */
export interface SyntheticMarket {
  /** Hourly bars of path `path` (0 or above) of `seed`. A longer path begins as the shorter does. */
  path(seed: number, path: number, bars: number): Bars;
}

/**
 * The synthetic market of fitted parameters: each path comes from one generator, drawn by `mix`, and
 * has a volatility scale of its own. Without a series to take blocks from, the mix must ask for none.
 */
export function syntheticMarket(
  { parameters, bootstrapSource }: MarketSource,
  mix: MarketMix,
): SyntheticMarket {
  const { garch, volatility, bootstrap } = mix;
  if (bootstrap > 0 && !bootstrapSource) {
    throw new CodedError('bad-argument', {
      problem: 'The mix asks for blocks of a real series, but no series is given',
    });
  }
  const shapes = bootstrap > 0 && bootstrapSource ? candleShapes(bootstrapSource) : null;
  return {
    path(seed, path, length) {
      const random = randomStream(seed, path);
      const bars = emptyBars(length, PATH_STEP_SECONDS);
      const pick = random.uniform() * (garch + volatility + bootstrap);
      const scale = exp(parameters.scaleDeviation * random.normal());
      const price = TYPICAL_PRICE * exp(PRICE_DEVIATION * random.normal());
      const slot = random.integerBelow(WEEKS * SLOTS_A_WEEK);
      fillTimes(bars.time, slot);
      if (pick < garch) {
        fillGarch(bars, price, scale, parameters.garch, random);
      } else if (pick < garch + volatility || !shapes) {
        fillStochasticVolatility(bars, slot, price, scale, parameters.volatility, random);
      } else {
        fillBootstrap(bars, price, scale, shapes, random);
      }
      return bars;
    },
  };
}
