import {
  chargePerOunce,
  feasibleCount,
  liquidationLoss,
  type BrokerRules,
} from '../account/broker.ts';
import { swapNights } from '../time/new-york.ts';
import { ounces, SIZE_COUNT } from '../size.ts';
import type { Bars, Path } from '../bars/bars.ts';
import type { Direction, Fraction, Money, SizeIndex, UsdPerOunce, UtcSeconds } from '../units.ts';

/** A position from the close of bar `entry` to the close of bar `exit` (indices into the series). */
export interface Trade {
  readonly entry: number;
  readonly exit: number;
  readonly direction: Direction;
}

/**
 * What every size of one trade came to ("all_results"). Index 0 is 0.15 oz. The arrays are reused
 * from trade to trade: copy what is to be kept.
 */
export interface LadderOutcome {
  /** Rungs that margin allows: the first `feasible` of the 30. */
  feasible: number;
  /** Bar of liquidation, or -1. */
  readonly liquidatedAt: Int32Array;
  /** Profit as a share of equity at entry, costs included; NaN where margin does not allow it. */
  readonly returns: Float64Array;
}

export function emptyLadderOutcome(): LadderOutcome {
  return {
    feasible: 0,
    liquidatedAt: new Int32Array(SIZE_COUNT),
    returns: new Float64Array(SIZE_COUNT),
  };
}

/** Swap nights booked up to the opening of each bar, for `simulateLadder`. */
export function nightsOf(bars: Bars): Float64Array {
  return bars.time.map((time) => swapNights(time as UtcSeconds));
}

/** A series made ready for many simulated trades of one direction. */
export interface SimulationPath extends Path {
  readonly direction: Direction;
  /** Absent where no swap is charged. */
  readonly nights?: Float64Array;
}

/**
 * All 30 sizes of a trade in one pass over its bars: sizes share the price path, and a larger size
 * never outlives a smaller one, so the pass only watches the price that liquidates the largest size
 * still alive. Fill rules: product rules, section 1. Equal to `simulatePlainly` on every size.
 */
export function simulateLadder(
  path: SimulationPath,
  entry: number,
  exit: number,
  equity: Money,
  rules: BrokerRules,
  out: LadderOutcome,
): void {
  const { open, low, close, nights, direction } = path;
  const entryPrice = close[entry]!;
  const price = Math.abs(entryPrice) as UsdPerOunce;
  const { commissionPerSide } = rules.costs;
  const floor = rules.negativeBalanceProtection ? -1 : -Infinity;
  const feasible = feasibleCount(equity, price, rules);
  out.feasible = feasible;
  out.liquidatedAt.fill(-1);
  out.returns.fill(NaN);

  let alive = feasible;
  let bar = entry + 1;
  let charge = 0;
  // The swap moves every liquidation price, but only at a rollover: between two it stands still.
  while (bar <= exit) {
    const segmentNights = nights ? nights[bar]! : 0;
    charge = chargePerOunce(rules.costs, direction, nights ? segmentNights - nights[entry]! : 0);
    let end = exit;
    if (nights) {
      end = bar;
      while (end < exit && nights[end + 1] === segmentNights) end++;
    }
    while (alive > 0) {
      const loss = liquidationLoss(ounces(alive as SizeIndex), equity, price, rules);
      const trigger = entryPrice + (charge - loss);
      while (bar <= end && low[bar]! > trigger) bar++;
      if (bar > end) break;
      const fill = rules.gapFill === 'open' ? Math.min(open[bar]!, trigger) : trigger;
      const profit = (fill - entryPrice - charge - commissionPerSide) * ounces(alive as SizeIndex);
      out.liquidatedAt[alive - 1] = bar;
      out.returns[alive - 1] = Math.max(floor, profit / equity);
      alive--;
    }
    bar = end + 1;
  }
  const profitPerOunce = close[exit]! - entryPrice - charge - commissionPerSide;
  for (let size = 1; size <= alive; size++) {
    out.returns[size - 1] = Math.max(floor, (profitPerOunce * ounces(size as SizeIndex)) / equity);
  }
}

/** The part of a trade that does not depend on size, as shares of the entry price. */
export interface Excursion {
  /** Worst price against the position ("mae"), at least 0. */
  readonly adverse: Fraction;
  /** Move from entry to exit in the position's favour. */
  readonly final: Fraction;
}

export function excursion(path: Path, entry: number, exit: number): Excursion {
  const entryPrice = path.close[entry]!;
  const price = Math.abs(entryPrice);
  let worst = entryPrice;
  for (let bar = entry + 1; bar <= exit; bar++) if (path.low[bar]! < worst) worst = path.low[bar]!;
  return {
    adverse: ((entryPrice - worst) / price) as Fraction,
    final: ((path.close[exit]! - entryPrice) / price) as Fraction,
  };
}
