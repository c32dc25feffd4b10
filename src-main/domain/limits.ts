/** Numbers that are taken: `from` and `to` among them, `above` and `below` not. */
export interface Limit {
  readonly from?: number;
  readonly above?: number;
  readonly to?: number;
  readonly below?: number;
  /** Whole numbers alone. */
  readonly whole?: true;
}

/** Whether a number is taken. */
export const isWithin = (
  { from = -Infinity, above = -Infinity, to = Infinity, below = Infinity, whole }: Limit,
  value: number,
): boolean =>
  Number.isFinite(value) &&
  value >= from &&
  value > above &&
  value <= to &&
  value < below &&
  (!whole || Number.isInteger(value));
