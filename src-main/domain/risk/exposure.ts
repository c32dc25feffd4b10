import type { Fraction } from '../units.ts';

/** A position as a curve is asked about it. */
export interface Exposure {
  /** Adverse move that liquidates it. */
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
