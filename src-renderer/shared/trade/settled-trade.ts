import type { SizeOutcome } from '#contract/account.ts';
import type { BarColumns } from '#contract/series.ts';
import type { Direction, SizeIndex, UsdPerOunce } from '#domain/units.ts';

/** A trade that is over: its candles and what every size came to. Bars are counted as in `bars`. */
export interface SettledTrade {
  readonly trade: {
    readonly entry: number;
    readonly exit: number;
    readonly direction: Direction;
    readonly entryPrice: UsdPerOunce;
    /** Where it was filled inside its bar; absent where it ended at the close. */
    readonly exitPrice?: UsdPerOunce | null;
    /** Best size in hindsight; null where margin carries none. */
    readonly best: SizeIndex | null;
  };
  readonly bars: BarColumns;
  /** For each of the 30 sizes, smallest first. */
  readonly outcomes: readonly SizeOutcome[];
}
