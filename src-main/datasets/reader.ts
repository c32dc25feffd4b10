import type { Bars } from '../domain/bars.ts';
import type { Trade } from '../domain/simulate.ts';
import type { Fraction } from '../domain/units.ts';

/** A trade with the candles it was made on. */
export interface TradeOnBars extends Trade {
  /** The path that the trade lies on; trades of one path overlap and belong on one side of a split. */
  readonly path: number;
  readonly bars: Bars;
  /** Effective leverage at 4.50 oz. */
  readonly leverageMax: number;
  /** Worst price against the position, as a share of the entry price. */
  readonly mae: Fraction;
  /** Move from entry to exit in the position's favour, as a share of the entry price. */
  readonly final: Fraction;
  /** Natural share of the trade's class over its share in the dataset. */
  readonly weight: number;
}

/** What models train from: trades in a fixed order, candles with them. */
export interface TradeReader {
  readonly count: number;
  /** Visits every trade in order. The bars of one path are drawn once and then let go. */
  forEach(visit: (trade: TradeOnBars, index: number) => void): void;
}
