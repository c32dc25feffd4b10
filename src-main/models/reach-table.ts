/**
 * Share of trades that reached each of equally spaced places, for reading between them: an empirical
 * distribution that fits into a model file.
 */
export interface ReachTable {
  readonly from: number;
  readonly to: number;
  readonly shares: readonly number[];
}

const POINTS = 161;

/** Share, by weight, of `reached` at or beyond each place between `from` and `to`. */
export function reachTable(
  reached: Float64Array,
  weight: Float64Array,
  from: number,
  to: number,
): ReachTable {
  const shares = new Array<number>(POINTS).fill(0);
  let total = 0;
  for (let i = 0; i < reached.length; i++) {
    total += weight[i]!;
    const last = Math.floor(((reached[i]! - from) / (to - from)) * (POINTS - 1));
    if (last >= 0) shares[Math.min(POINTS - 1, last)]! += weight[i]!;
  }
  for (let point = POINTS - 2; point >= 0; point--) shares[point]! += shares[point + 1]!;
  return { from, to, shares: shares.map((share) => share / total) };
}

/** Share of trades that reached `place`; beyond the ends of the table as at the end. */
export function shareAt({ from, to, shares }: ReachTable, place: number): number {
  const last = shares.length - 1;
  const at = Math.min(last, Math.max(0, ((place - from) / (to - from)) * last));
  const point = Math.min(last - 1, Math.floor(at));
  return shares[point]! + (at - point) * (shares[point + 1]! - shares[point]!);
}
