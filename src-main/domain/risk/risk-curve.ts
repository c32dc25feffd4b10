import { LEVERAGE_AT_LARGEST, STUDY_RULES } from '../account/broker.ts';
import { SIZE_COUNT } from '../size.ts';
import type { Fraction } from '../units.ts';

/** A position as a curve is asked about it. */
export interface Exposure {
  /** Adverse move that liquidates it, a share of the entry price. */
  readonly move: Fraction;
  /** Effective leverage of the position, and that of 4.50 oz in the same account. */
  readonly leverage: number;
  readonly leverageAtLargest: number;
}

export interface Risk {
  readonly pLiquidation: Fraction;
  /** Mean return of like trades in training, as a share of equity; null where none was like it. */
  readonly expectedReturn: Fraction | null;
}

/** Whatever says how risky a position is: a curve that was drawn, or a rule. */
export type RiskAt = (exposure: Exposure) => Risk;

/** What a model says of a trade, for every account at once. */
export type RiskCurve = HazardCurve | SizeCurve;

/** A curve of either kind, ready to be asked about positions. */
export const riskAt = (curve: RiskCurve): RiskAt =>
  curve.kind === 'sizes'
    ? (exposure) => sizeRisk(curve, exposure)
    : (exposure) => hazardRisk(curve, exposure);

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

const hazardRisk = (curve: HazardCurve, { move, leverage }: Exposure): Risk => ({
  pLiquidation: liquidationProbability(curve, move),
  expectedReturn: meanReturn(curve, move, leverage),
});

/** The loss that V2 learns from counts a liquidation so often: its own P' is high on purpose. */
export const PENALTY = 5;

/** P of a penalised P': P' / (5 - 4P'). Rises with P', so either can be held to a limit. */
export const unbiased = (penalised: number) =>
  (penalised / (PENALTY - (PENALTY - 1) * penalised)) as Fraction;

/** The penalised P' of a P. */
export const penalised = (p: number) => ((PENALTY * p) / (1 + (PENALTY - 1) * p)) as Fraction;

/**
 * What a model of the 30 sizes says of a trade in some accounts under the study's rule (liquidated at
 * 30% of equity): enough to settle the ladder of any account without asking the model again.
 */
export interface SizeCurve {
  readonly kind: 'sizes';
  /** Of each account: effective leverage of 4.50 oz, rising. */
  readonly leverages: readonly number[];
  /** Unbiased P(liquidation) of the 30 sizes, account after account. */
  readonly p: readonly number[];
  /** Mean return as a share of equity, likewise. */
  readonly meanReturn: readonly number[];
}

/** Share of the entry price that liquidates at an effective leverage of 1 under the study's rule. */
export const STUDY_MOVE = 0.7;
/** No larger leverage was in any training trade; a hair above it is rounding. */
const LARGEST_TRAINED = STUDY_RULES.leverage * (1 + 1e-9);

const clamp = (value: number, from: number, to: number) => Math.min(to, Math.max(from, value));

/** Of rising leverages the two that one lies between; twice the last where it lies beyond them. */
export function accountsBeside(leverages: readonly number[], one: number): [number, number] {
  const after = leverages.findIndex((leverage) => leverage > one);
  const high = after < 0 ? leverages.length - 1 : after;
  return [Math.max(0, after < 0 ? high : after - 1), high];
}

/**
 * Read at the leverage that the study's rule liquidates at the same move, whatever the broker's own
 * rule: it tells the rung, which may lie between two, in the trained account nearest to the trader's.
 * Below the smallest rung the P of that rung stands, which can only overstate the risk. Above the
 * largest trained leverage nothing is known, and P = 1 keeps such a size from being taken.
 */
function sizeRisk(
  { leverages, p, meanReturn }: SizeCurve,
  { move, leverage, leverageAtLargest }: Exposure,
): Risk {
  const studied = STUDY_MOVE / move;
  if (move <= 0 || studied > LARGEST_TRAINED) {
    return { pLiquidation: 1 as Fraction, expectedReturn: null };
  }
  const { from, to } = LEVERAGE_AT_LARGEST;
  const account = clamp(Math.max(leverageAtLargest, studied), from, to);
  const rung = clamp((SIZE_COUNT * studied) / account, 1, SIZE_COUNT);
  const size = Math.min(SIZE_COUNT - 1, Math.floor(rung));
  const [low, high] = accountsBeside(leverages, account);
  const [below, above] = [leverages[low]!, leverages[high]!];
  const share = low === high ? 0 : Math.log(account / below) / Math.log(above / below);
  const ofAccount = (table: readonly number[], index: number) => {
    const at = index * SIZE_COUNT + size - 1;
    return table[at]! + (rung - size) * (table[at + 1]! - table[at]!);
  };
  const read = (table: readonly number[]) =>
    ofAccount(table, low) + share * (ofAccount(table, high) - ofAccount(table, low));
  const readAt = (account * rung) / SIZE_COUNT;
  return {
    pLiquidation: read(p) as Fraction,
    // The same trades ended so: a return grows with the leverage that they are held at.
    expectedReturn: ((read(meanReturn) * leverage) / readAt) as Fraction,
  };
}
