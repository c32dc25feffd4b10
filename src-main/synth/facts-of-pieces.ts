import { sliceBars, type Bars } from '../domain/bars/bars.ts';
import { LAGS, stylisedFacts, type StylisedFacts } from './facts.ts';

/** Eight in ten pieces lie between the two. */
const LOW = 0.1;
const HIGH = 0.9;

/** Stylised facts of a market, told from pieces of equal length. */
export interface FactsOfPieces {
  /** Pieces that moved. */
  readonly count: number;
  readonly low: StylisedFacts;
  readonly median: StylisedFacts;
  readonly high: StylisedFacts;
}

/**
 * Pieces of `length` bars that cover a series, evenly spread, overlapping by as little as that takes;
 * none where the series is shorter. Kurtosis and autocorrelation grow with the length that they are
 * taken over, so only pieces of equal length compare.
 */
export function piecesOf(bars: Bars, length: number): Bars[] {
  const room = bars.close.length - length;
  if (room < 0) return [];
  const count = Math.ceil(bars.close.length / length);
  return Array.from({ length: count }, (_, i) => {
    const from = count === 1 ? 0 : Math.round((i * room) / (count - 1));
    return sliceBars(bars, from, from + length);
  });
}

/** Median and spread of each fact; null where no piece moves. */
export function factsOfPieces(pieces: readonly Bars[]): FactsOfPieces | null {
  const facts = pieces.map(stylisedFacts).filter(areKnown);
  if (facts.length === 0) return null;
  const at = (share: number) => quantileOfEach(facts, share);
  return { count: facts.length, low: at(LOW), median: at(0.5), high: at(HIGH) };
}

/** A piece that stands still divides by nothing. */
const areKnown = ({ rangeAutocorrelation, ...others }: StylisedFacts) =>
  [...Object.values(others), ...Object.values(rangeAutocorrelation)].every(Number.isFinite);

function quantileOfEach(facts: readonly StylisedFacts[], share: number): StylisedFacts {
  const of = (read: (one: StylisedFacts) => number) =>
    quantile(Float64Array.from(facts, read).sort(), share);
  return {
    kurtosis: of((one) => one.kurtosis),
    rangeAutocorrelation: Object.fromEntries(
      LAGS.map((lag) => [lag, of((one) => one.rangeAutocorrelation[lag])]),
    ) as StylisedFacts['rangeAutocorrelation'],
    rangeToVolatility: of((one) => one.rangeToVolatility),
    volatility: of((one) => one.volatility),
  };
}

/** Straight line between neighbours in order. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (place % 1) * (sorted[Math.ceil(place)]! - below);
}
