/** Regrets, as shares of equity, at which one group of trades ends and the next begins. */
export const REGRET_EDGES = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2] as const;

/** Share of some trades whose regret lies from each edge up to the next. */
export function regretShares(rows: Int32Array, regrets: Float64Array): number[] {
  const counts = REGRET_EDGES.map(() => 0);
  for (const row of rows) {
    // Regret is never under 0 but for rounding.
    counts[
      Math.max(
        0,
        REGRET_EDGES.findLastIndex((edge) => regrets[row]! >= edge),
      )
    ]!++;
  }
  return counts.map((count) => count / rows.length);
}
