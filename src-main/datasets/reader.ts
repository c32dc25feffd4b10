import type { Bars } from '../domain/bars/bars.ts';
import type { Trade } from '../domain/simulate/simulate.ts';
import type { Fraction, SizeIndex } from '../domain/units.ts';

/** A trade with the candles it was made on. */
export interface TradeOnBars extends Trade {
  /** The path that the trade lies on; trades of one path overlap and belong on one side of a split. */
  readonly path: number;
  /** At least those up to the entry. */
  readonly bars: Bars;
  /** Effective leverage at 4.50 oz. */
  readonly leverageMax: number;
  /** Worst price against the position, as a share of the entry price. */
  readonly mae: Fraction;
  /** Move from entry to exit in the position's favour, as a share of the entry price. */
  readonly final: Fraction;
  /** Rungs that margin allows, and the largest of them that survives (0: none). */
  readonly feasible: number;
  readonly survivors: number;
  /** Best size in hindsight. */
  readonly best: SizeIndex;
  /** Of every size, as a share of equity; NaN where margin does not allow it. Reused by the next trade. */
  readonly returns: Float64Array;
  /** Natural share of the trade's class over its share in the dataset. */
  readonly weight: number;
}

/** What models train from: trades in a fixed order, candles with them. */
export interface TradeReader {
  readonly count: number;
  /** Step of the bars. */
  readonly barSeconds: number;
  /** Visits every trade in order. The bars of one path are drawn once and then let go. */
  forEach(visit: TradeVisitor): void;
}

/** Hears a trade and its number in the dataset, from 0. */
export type TradeVisitor = (trade: TradeOnBars, index: number) => void;
