import type { Direction } from '../domain/units.ts';

/** A trade as a broker's statement tells it. Times are the statement's own clock, read as if UTC. */
export interface StatementTrade {
  readonly ticket: string;
  /** As the broker writes it, such as "xauusd." */
  readonly symbol: string;
  readonly direction: Direction;
  /** In `unit`: how many ounces a lot has is the broker's to say, and not in the file. */
  readonly size: number;
  readonly unit: 'lots' | 'ounces';
  readonly openedAt: number;
  readonly openPrice: number;
  readonly stopLoss: number | null;
  readonly takeProfit: number | null;
  readonly commission: number;
  readonly swap: number;
  /** Before commission and swap, in the account's currency. */
  readonly profit: number;
  readonly comment: string;
  /** Where it stands: the row of the file that it was read from, from 1. */
  readonly row: number;
}

export interface ClosedTrade extends StatementTrade {
  readonly closedAt: number;
  readonly closePrice: number;
  /** Null for a trade that the broker did not stop out. */
  readonly stopOut: StopOut | null;
}

/** What a broker writes when it stops out: `so: 59.7%/15.0/25.2`. */
export interface StopOut {
  /** Equity over used margin. */
  readonly marginLevel: number;
  readonly equity: number;
  readonly usedMargin: number;
}

/** Why a row is no trade of gold. */
export type SkipReason =
  | 'other-symbol'
  | 'cancelled-order'
  | 'pending-order'
  | 'balance'
  /** Neither buy nor sell, in the words that are known. */
  | 'unknown-type'
  | 'unreadable';

export interface SkippedRow {
  readonly row: number;
  readonly reason: SkipReason;
  /** Empty where the row names none. */
  readonly symbol: string;
  /** The row as it is quoted to the trader. */
  readonly text: string;
}

/** What a statement holds. */
export interface Statement {
  readonly format: string;
  /** As the broker names it; empty where it is masked or missing. */
  readonly account: string;
  /** Empty where the file does not name it. */
  readonly currency: string;
  /** Seconds that its clock is ahead of UTC, where the file says so; null: to be found from bars. */
  readonly clockOffset: number | null;
  readonly closed: readonly ClosedTrade[];
  readonly open: readonly StatementTrade[];
  /** Of every symbol: each one checks the account's stop-out rule. */
  readonly stopOuts: readonly (StopOut & { readonly row: number })[];
  readonly skipped: readonly SkippedRow[];
}

const STOP_OUT = /\bso:\s*(-?[\d.]+)%\s*\/\s*(-?[\d.]+)\s*\/\s*(-?[\d.]+)/i;

/** The stop-out of a comment; null where it is none. */
export function stopOutOf(comment: string): StopOut | null {
  const [, level, equity, usedMargin] = STOP_OUT.exec(comment) ?? [];
  if (level === undefined) return null;
  return {
    marginLevel: Number(level) / 100,
    equity: Number(equity),
    usedMargin: Number(usedMargin),
  };
}
