import type { Direction, Fraction, UtcSeconds } from '../units.ts';

/** Part of a surprise that moves the limit (product rules, section 4). */
const STEP = 0.02;
/**
 * The limit never falls below this share of the nominal one. At zero no size would be safe, no trade
 * would be made, and so none could ever exit and raise the limit again.
 */
const FLOOR = 0.25;

/** A trade that was taken: when it closed, by its exit rule or by liquidation. */
export interface ClosedTrade {
  readonly direction: Direction;
  readonly closedAt: UtcSeconds;
  readonly liquidated: boolean;
}

/**
 * The limit after one more trade: adaptive conformal inference (Gibbs and Candès 2021), one-sided.
 * A liquidation lowers it at once (6.0% to 4.1%), each trade that survives raises it a little, never
 * above `nominal`.
 */
export function correctedLimit(limit: Fraction, nominal: Fraction, liquidated: boolean): Fraction {
  const moved = limit + STEP * (nominal - (liquidated ? 1 : 0));
  return Math.min(nominal, Math.max(FLOOR * nominal, moved)) as Fraction;
}

/** The limit after trades of one direction, the first to close first: whether each was liquidated. */
export const limitAfter = (nominal: Fraction, liquidations: readonly boolean[]): Fraction =>
  liquidations.reduce((limit, hit) => correctedLimit(limit, nominal, hit), nominal);

/**
 * Limits of the two directions while trades are made and closed. A trade counts from its close on,
 * in the order of the closes, and for its own direction alone.
 */
export class CorrectedLimits {
  readonly #nominal: Fraction;
  readonly #limits: Record<Direction, Fraction>;
  /** Trades that no limit has heard of, the first to close last. */
  readonly #open: ClosedTrade[] = [];

  constructor(nominal: Fraction) {
    this.#nominal = nominal;
    this.#limits = { long: nominal, short: nominal };
  }

  /** A trade that was made. */
  add(trade: ClosedTrade): void {
    let at = this.#open.length;
    while (at > 0 && this.#open[at - 1]!.closedAt <= trade.closedAt) at--;
    this.#open.splice(at, 0, trade);
  }

  /** Limit of a decision at `time`, which never lies before that of an earlier call. */
  at(time: UtcSeconds, direction: Direction): Fraction {
    while (this.#open.length > 0 && this.#open.at(-1)!.closedAt <= time) {
      const closed = this.#open.pop()!;
      const limit = this.#limits[closed.direction];
      this.#limits[closed.direction] = correctedLimit(limit, this.#nominal, closed.liquidated);
    }
    return this.#limits[direction];
  }
}
