import { LEVERAGE_AT_LARGEST, STUDY_RULES } from '../account/broker.ts';
import { SIZE_COUNT } from '../size.ts';
import type { Exposure, Risk } from './exposure.ts';
import type { Fraction } from '../units.ts';

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

/**
 * Read at the leverage that the study's rule liquidates at the same move, whatever the broker's own
 * rule: it tells the rung, which may lie between two, in the trained account nearest to the trader's.
 * Below the smallest rung the P of that rung stands, which can only overstate the risk. Above the
 * largest trained leverage nothing is known, and P = 1 keeps such a size from being taken.
 */
export function sizeRisk(
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
  const after = leverages.findIndex((one) => one > account);
  const high = after < 0 ? leverages.length - 1 : after;
  const low = Math.max(0, after < 0 ? high : after - 1);
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
