import type { Bars } from '../domain/bars/bars.ts';
import type { Direction, Fraction } from '../domain/units.ts';

/** P(liquidation) by the adverse move, a share of the entry price, that liquidates. */
export type RiskOfMove = (move: Fraction) => Fraction;

/** Anything that says how risky a trade is, a trained net or a baseline. */
export interface RiskModel {
  readonly name: string;
  /** Of a trade entered at the close of bar `at`, from the bars up to it. */
  curveAt(bars: Bars, at: number, direction: Direction): RiskOfMove;
}
