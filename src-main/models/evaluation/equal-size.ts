import { SIZE_COUNT } from '../../domain/size.ts';
import { policyResult, shareOfCapacity, type PolicyResult } from './policy.ts';
import type { JudgedTrade } from './judged-trades.ts';

/** Mean size, as a share of the largest that margin allows, at which all are compared. */
export const EQUAL_SHARE = 0.7;

/** A model whose threshold is set so that it trades the same mean size as the others. */
export interface EqualSizeResult extends PolicyResult {
  readonly model: string;
  /** Null for the fixed share, which reads no probability. */
  readonly threshold: number | null;
}

/** The largest feasible rung whose P is under `limit`, or 0. */
function largestUnder(trade: JudgedTrade, p: Float64Array, limit: number): number {
  let rung = trade.feasible;
  while (rung > 0 && p[rung - 1]! >= limit) rung--;
  return rung;
}

/** `p`: whole ladders of the trades, one after the other. */
export function atEqualSize(
  model: string,
  trades: readonly JudgedTrade[],
  p: Float64Array,
  seed: number,
): EqualSizeResult {
  const chosenUnder = (limit: number) =>
    trades.map((trade, i) =>
      largestUnder(trade, p.subarray(i * SIZE_COUNT, (i + 1) * SIZE_COUNT), limit),
    );
  let low = 0;
  let high = 1;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    const chosen = chosenUnder(middle);
    const share = trades.reduce((sum, trade, i) => sum + shareOfCapacity(trade, chosen[i]!), 0);
    if (share / trades.length < EQUAL_SHARE) low = middle;
    else high = middle;
  }
  return { model, threshold: high, ...policyResult(trades, chosenUnder(high), seed) };
}

/** The same share of capacity in every trade, whatever the market does. */
export function atFixedShare(trades: readonly JudgedTrade[], seed: number): EqualSizeResult {
  const chosen = trades.map(({ feasible }) => Math.round(feasible * EQUAL_SHARE));
  return { model: 'fixed size', threshold: null, ...policyResult(trades, chosen, seed) };
}
