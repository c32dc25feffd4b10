import type { FollowedTrade } from '#contract/desk.ts';
import type { Direction, Fraction, SizeIndex, UtcSeconds } from '#domain/units.ts';

/** A replayed trade that was revealed. */
export interface ScoredTrade {
  readonly series: string;
  /** Bar of the entry, and when it closed. */
  readonly entry: number;
  readonly entryTime: UtcSeconds;
  readonly direction: Direction;
  /** Size placed, and the one that was recommended then; null: none was. */
  readonly taken: SizeIndex;
  readonly recommended: SizeIndex | null;
  readonly followed: FollowedTrade;
}

/** How one way of choosing the size did over a session. */
export interface Score {
  readonly trades: number;
  readonly liquidated: number;
  /** Mean return of equity a trade, and how much the best size in hindsight had more. */
  readonly meanReturn: Fraction;
  readonly meanRegret: Fraction;
}

export type Chooser = 'taken' | 'recommended' | 'best';

export function sizeOf(trade: ScoredTrade, chooser: Chooser): SizeIndex | null {
  return chooser === 'best' ? trade.followed.best : trade[chooser];
}

/** Share of equity that a size made; standing aside makes nothing. */
export function returnOf({ followed }: ScoredTrade, size: SizeIndex | null): Fraction {
  return (size === null ? 0 : (followed.outcomes[size - 1]!.return ?? 0)) as Fraction;
}

const mean = (values: readonly number[]) =>
  (values.reduce((sum, value) => sum + value, 0) / values.length) as Fraction;

/** Null before the first trade. */
export function scoreOf(trades: readonly ScoredTrade[], chooser: Chooser): Score | null {
  if (trades.length === 0) return null;
  const sizes = trades.map((trade) => sizeOf(trade, chooser));
  const returns = trades.map((trade, i) => returnOf(trade, sizes[i]!));
  const isLiquidated = (trade: ScoredTrade, i: number) =>
    sizes[i] !== null && trade.followed.outcomes[sizes[i]! - 1]!.liquidatedAt !== null;
  return {
    trades: trades.length,
    liquidated: trades.filter(isLiquidated).length,
    meanReturn: mean(returns),
    meanRegret: mean(trades.map((trade, i) => returnOf(trade, trade.followed.best) - returns[i]!)),
  };
}
