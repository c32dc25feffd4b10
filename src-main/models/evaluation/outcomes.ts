import { MonthSums } from '../../domain/stats/bootstrap.ts';
import type { Policy } from './choices.ts';
import type { Docket } from './docket.ts';
import type { JudgedTrade } from './judged-trades.ts';

/** Of each trade: 1 where the chosen rung was liquidated, 0 where it was not, -1 where none was. */
export type Fates = Int8Array;

/** What the chosen rungs came to, a column entry for each trade. */
export interface Outcomes {
  readonly fates: Fates;
  /** Shares of equity; 0 for standing aside. */
  readonly returns: Float64Array;
  /** What the best size in hindsight would have brought more. */
  readonly regrets: Float64Array;
  /** Chosen size over the largest that margin allows, both in rungs. */
  readonly shares: Float64Array;
}

/** A way of choosing sizes and what came of it. */
export interface Judged {
  readonly how: Policy;
  readonly outcomes: Outcomes;
}

export function fatesOf(trades: readonly JudgedTrade[], chosen: Uint8Array): Fates {
  const fates = new Int8Array(trades.length);
  for (let row = 0; row < fates.length; row++) {
    const rung = chosen[row]!;
    fates[row] = rung > 0 ? trades[row]!.liquidated[rung - 1]! : -1;
  }
  return fates;
}

export function outcomesOf(trades: readonly JudgedTrade[], chosen: Uint8Array): Outcomes {
  const returns = Float64Array.from(trades, ({ returns }, row) =>
    chosen[row] ? returns[chosen[row] - 1]! : 0,
  );
  return {
    fates: fatesOf(trades, chosen),
    returns,
    regrets: Float64Array.from(trades, ({ bestReturn }, row) => bestReturn - returns[row]!),
    shares: sharesOfCapacity(trades, chosen),
  };
}

export function sharesOfCapacity(trades: readonly JudgedTrade[], chosen: Uint8Array): Float64Array {
  const shares = new Float64Array(trades.length);
  for (let row = 0; row < shares.length; row++) {
    const { feasible } = trades[row]!;
    shares[row] = feasible ? chosen[row]! / feasible : 0;
  }
  return shares;
}

/** Liquidations among the taken ones of some trades, by month. */
export function liquidations({ month, months }: Docket, rows: Int32Array, fates: Fates): MonthSums {
  const sums = new MonthSums(months);
  for (let i = 0; i < rows.length; i++) {
    const fate = fates[rows[i]!]!;
    if (fate >= 0) sums.add(month[rows[i]!]!, fate);
  }
  return sums;
}

/** A column over some trades, by month; each trade counts as many cases as `counts` says. */
export function sumsOf(
  { month, months }: Docket,
  rows: Int32Array,
  column: Float64Array,
  counts?: Uint8Array,
): MonthSums {
  const sums = new MonthSums(months);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    sums.add(month[row]!, column[row]!, counts ? counts[row]! : 1);
  }
  return sums;
}

/** A column's entries of some trades. */
export function entriesOf(rows: Int32Array, column: Float64Array): Float64Array {
  const entries = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) entries[i] = column[rows[i]!]!;
  return entries;
}
