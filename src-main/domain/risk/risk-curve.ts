import { sizeRisk, type SizeCurve } from './size-curve.ts';
import type { Exposure, Risk } from './exposure.ts';
import type { Fraction } from '../units.ts';

/**
 * Where the curve is cut: 24 equal bins of y = log(adverse move) - reference, from -1.5 to 6
 * (product rules, section 4).
 */
export const CURVE_BINS = 24;
export const CURVE_START = -1.5;
export const CURVE_END = 6;
const BIN_WIDTH = (CURVE_END - CURVE_START) / CURVE_BINS;

/**
 * P(the adverse excursion reaches a move), for every move at once: hence P(liquidation) of every
 * size at any equity, price and stop-out rule. One curve per closed bar and direction.
 */
export interface HazardCurve {
  readonly kind: 'hazard';
  /** Mean of log rms return and log mean range over the window: the market's unit of distance. */
  readonly reference: number;
  /** Cumulative hazard at the 25 bin edges, starting at 0, never decreasing. P = exp(-hazard). */
  readonly cumulativeHazard: readonly number[];
  /**
   * Mean return of the training trades whose liquidation stood at each bin edge, as a share of the
   * money lost on liquidation. History, not a forecast.
   */
  readonly meanReturn: readonly number[];
}

/** What a model says of a trade, for every account at once. */
export type RiskCurve = HazardCurve | SizeCurve;

/** Kind of the model that drew a curve. */
export const sourceOf = ({ kind }: RiskCurve) => (kind === 'sizes' ? 'v2' : 'v3');

/** Position of y between the 25 edges, 0 to 24. */
export function edgePosition(y: number): number {
  return Math.min(CURVE_BINS, Math.max(0, (y - CURVE_START) / BIN_WIDTH));
}

function interpolate(atEdges: readonly number[], y: number): number {
  const position = edgePosition(y);
  const edge = Math.min(CURVE_BINS - 1, Math.floor(position));
  const share = position - edge;
  return atEdges[edge]! + share * (atEdges[edge + 1]! - atEdges[edge]!);
}

/** y of an adverse move (a share of the entry price). */
export const curvePlace = (move: number, reference: number) => Math.log(move) - reference;

/**
 * P(liquidation) when a move of this share of the entry price liquidates. Never increasing in
 * `move`, hence never decreasing in size. Beyond the last edge the curve stays flat, which can only
 * overstate the risk. A move of zero or less is already liquidated.
 */
export function liquidationProbability(
  curve: Pick<HazardCurve, 'reference' | 'cumulativeHazard'>,
  move: Fraction,
): Fraction {
  if (move <= 0) return 1 as Fraction;
  const hazard = interpolate(curve.cumulativeHazard, curvePlace(move, curve.reference));
  return Math.exp(-hazard) as Fraction;
}

/** Mean return of like trades in training, as a share of equity, at effective leverage L. */
export function meanReturn(curve: HazardCurve, move: Fraction, leverage: number): Fraction {
  if (move <= 0) return -1 as Fraction;
  const atStake = move * leverage;
  return (interpolate(curve.meanReturn, curvePlace(move, curve.reference)) * atStake) as Fraction;
}

/** What a curve of either kind says of one position. */
export function riskOf(curve: RiskCurve, exposure: Exposure): Risk {
  if (curve.kind === 'sizes') return sizeRisk(curve, exposure);
  const { move, leverage } = exposure;
  return {
    pLiquidation: liquidationProbability(curve, move),
    expectedReturn: meanReturn(curve, move, leverage),
  };
}
