import {
  chargePerOunce,
  isFeasible,
  liquidationLoss,
  type BrokerRules,
} from '../account/broker.ts';
import { swapNights } from '../time/new-york.ts';
import { ounces } from '../size.ts';
import type { Trade } from './simulate.ts';
import type { Bars } from '../bars/bars.ts';
import type { Fraction, Money, SizeIndex, UsdPerOunce, UtcSeconds } from '../units.ts';

/** What one size of a trade came to. */
export interface Outcome {
  readonly feasible: boolean;
  /** Bar of liquidation, or -1. */
  readonly liquidatedAt: number;
  /** Profit as a share of equity at entry, costs included; NaN where not feasible. */
  readonly return: Fraction;
}

/**
 * One size of one trade, bar by bar, as the rules read: the reference that `simulateLadder` is held
 * to. Slow on purpose; it shares with the fast one only the broker's formulas.
 */
export function simulatePlainly(
  bars: Bars,
  { entry, exit, direction }: Trade,
  size: SizeIndex,
  equity: Money,
  rules: BrokerRules,
): Outcome {
  const entryPrice = bars.close[entry]! as UsdPerOunce;
  if (!isFeasible(ounces(size), equity, entryPrice, rules)) {
    return { feasible: false, liquidatedAt: -1, return: NaN as Fraction };
  }
  const sign = direction === 'long' ? 1 : -1;
  const nightsAtEntry = swapNights(bars.time[entry] as UtcSeconds);
  const loss = liquidationLoss(ounces(size), equity, entryPrice, rules);
  const settle = (price: number, charge: number): Fraction => {
    const profit = sign * (price - entryPrice) - charge - rules.costs.commissionPerSide;
    const share = (profit * ounces(size)) / equity;
    return (rules.negativeBalanceProtection ? Math.max(-1, share) : share) as Fraction;
  };

  let charge = 0;
  for (let bar = entry + 1; bar <= exit; bar++) {
    const nights = swapNights(bars.time[bar] as UtcSeconds) - nightsAtEntry;
    charge = chargePerOunce(rules.costs, direction, nights);
    const liquidationPrice = entryPrice + sign * (charge - loss);
    const isBeyond = (price: number) =>
      direction === 'long' ? price <= liquidationPrice : price >= liquidationPrice;
    const open = bars.open[bar]!;
    if (isBeyond(open)) {
      const fill = rules.gapFill === 'open' ? open : liquidationPrice;
      return { feasible: true, liquidatedAt: bar, return: settle(fill, charge) };
    }
    if (isBeyond(direction === 'long' ? bars.low[bar]! : bars.high[bar]!)) {
      return { feasible: true, liquidatedAt: bar, return: settle(liquidationPrice, charge) };
    }
  }
  return { feasible: true, liquidatedAt: -1, return: settle(bars.close[exit]!, charge) };
}
