import {
  chargePerOunce,
  liquidationLoss,
  type BrokerRules,
  type Costs,
} from '../account/broker.ts';
import type { SimulationPath } from './simulate.ts';
import type { Fraction, Money, Ounces, UsdPerOunce } from '../units.ts';

/**
 * The part of a trade that decides what any size came to, at any equity and stop-out rule: each new
 * worst of the path, and its end. Dollars an ounce against the position, charges up to then included;
 * the commission of the exit is not.
 */
export interface Drawdown {
  readonly entryPrice: UsdPerOunce;
  /** Of each new worst: bars after the entry, what the bar opened at, and the worst itself (rising). */
  readonly bar: Int32Array;
  readonly opened: Float64Array;
  readonly worst: Float64Array;
  /** At the close of the exit bar; negative is a profit. */
  readonly atExit: number;
}

/** One pass over the bars from `entry` to `exit`, for the costs of one account. */
export function drawdownOf(
  { open, low, close, nights, direction }: SimulationPath,
  entry: number,
  exit: number,
  costs: Costs,
): Drawdown {
  const from = close[entry]!;
  const bar: number[] = [];
  const opened: number[] = [];
  const worst: number[] = [];
  let deepest = -Infinity;
  let charge = chargePerOunce(costs, direction, 0);
  for (let at = entry + 1; at <= exit; at++) {
    if (nights) charge = chargePerOunce(costs, direction, nights[at]! - nights[entry]!);
    const reached = from - low[at]! + charge;
    if (reached <= deepest) continue;
    deepest = reached;
    bar.push(at - entry);
    opened.push(from - open[at]! + charge);
    worst.push(reached);
  }
  return {
    entryPrice: Math.abs(from) as UsdPerOunce,
    bar: Int32Array.from(bar),
    opened: Float64Array.from(opened),
    worst: Float64Array.from(worst),
    atExit: from - close[exit]! + charge,
  };
}

/** What one size came to. */
export interface SizeResult {
  /** Bars after the entry; -1 where it was not liquidated. */
  readonly liquidatedAfter: number;
  /** Share of equity at entry, costs included. */
  readonly return: Fraction;
}

/**
 * Any size that margin carries, on the ladder or not: as `simulateLadder` settles a rung, but from the
 * drawdown alone, so that thousands of trades follow a slider.
 */
export function settleSize(
  { entryPrice, bar, opened, worst, atExit }: Drawdown,
  size: Ounces,
  equity: Money,
  rules: BrokerRules,
): SizeResult {
  const loss = liquidationLoss(size, equity, entryPrice, rules);
  const hit = firstAtLeast(worst, loss);
  const isLiquidated = hit < worst.length;
  const lost = !isLiquidated
    ? atExit
    : rules.gapFill === 'open'
      ? Math.max(loss, opened[hit]!)
      : loss;
  const share = (-(lost + rules.costs.commissionPerSide) * size) / equity;
  return {
    liquidatedAfter: isLiquidated ? bar[hit]! : -1,
    return: (rules.negativeBalanceProtection ? Math.max(-1, share) : share) as Fraction,
  };
}

/** Index of the first value that is not under `limit`, or the length; the values rise. */
function firstAtLeast(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! >= limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
