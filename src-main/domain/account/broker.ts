import { inRungs, ounces, SIZE_COUNT, SIZES } from '../size.ts';
import type { Direction, Fraction, Money, Ounces, UsdPerOunce } from '../units.ts';

/**
 * When the broker closes the position (product rules, section 1):
 * - `equity`: as soon as equity ≤ fraction · equity at entry;
 * - `margin`: as soon as equity ≤ level · used margin.
 */
export type StopOutRule =
  | { readonly kind: 'equity'; readonly fraction: Fraction }
  | { readonly kind: 'margin'; readonly level: Fraction };

/** Everything that comes off the profit, per ounce. */
export interface Costs {
  /** Paid once, at entry. */
  readonly spread: UsdPerOunce;
  /** Paid at entry and again at exit. */
  readonly commissionPerSide: UsdPerOunce;
  /** Paid for every night held, three on Wednesday; negative is a credit. */
  readonly swapPerNight: { readonly long: UsdPerOunce; readonly short: UsdPerOunce };
}

export interface BrokerRules {
  readonly leverage: number;
  readonly stopOut: StopOutRule;
  readonly costs: Costs;
  /** The loss stops at 100% of equity. */
  readonly negativeBalanceProtection: boolean;
  /** Ounces of one lot. */
  readonly contractSize: Ounces;
  /** Smallest order and step of orders, in lots. */
  readonly lotStep: number;
  /** A bar that opens beyond the liquidation price fills at its `open`, or at the price that triggers. */
  readonly gapFill: 'open' | 'trigger';
  /** Margin that other positions of the account use. */
  readonly otherMargin: Money;
}

export const NO_COSTS: Costs = {
  spread: 0 as UsdPerOunce,
  commissionPerSide: 0 as UsdPerOunce,
  swapPerNight: { long: 0 as UsdPerOunce, short: 0 as UsdPerOunce },
};

/**
 * Synthetic and judged accounts: the effective leverage of 4.50 oz is log-uniform between these
 * (product rules, section 5).
 */
export const LEVERAGE_AT_LARGEST = { from: 5, to: 40 } as const;

/** The study's account: 20x, liquidated at 30% of equity, no costs. */
export const STUDY_RULES: BrokerRules = {
  leverage: 20,
  stopOut: { kind: 'equity', fraction: 0.3 as Fraction },
  costs: NO_COSTS,
  negativeBalanceProtection: true,
  contractSize: 100 as Ounces,
  lotStep: 0.01,
  gapFill: 'open',
  otherMargin: 0 as Money,
};

/** What margin depends on. */
type MarginRules = Pick<BrokerRules, 'leverage' | 'otherMargin'>;

/** Worth of the largest position: (E - margin used elsewhere) · leverage. */
const affordable = (equity: Money, { leverage, otherMargin }: MarginRules) =>
  Math.max(0, equity - otherMargin) * leverage;

/** Largest size that margin allows: E · leverage / price where no other position uses margin. */
export function capacity(equity: Money, price: UsdPerOunce, rules: MarginRules): Ounces {
  return (affordable(equity, rules) / price) as Ounces;
}

/** Whether margin allows a size, on the ladder or not. */
export const isFeasible = (size: Ounces, equity: Money, price: UsdPerOunce, rules: MarginRules) =>
  size * price <= affordable(equity, rules);

/** Number of rungs that margin allows, 0 to 30; feasible rungs are the first ones. */
export function feasibleCount(equity: Money, price: UsdPerOunce, rules: MarginRules): number {
  let count = Math.min(SIZE_COUNT, Math.floor(inRungs(capacity(equity, price, rules))) + 1);
  while (count > 0 && !isFeasible(ounces(SIZES[count - 1]!), equity, price, rules)) count--;
  return count;
}

/** Effective leverage L = s · price / E: the scale-free form of size. */
export function effectiveLeverage(size: Ounces, equity: Money, price: UsdPerOunce): number {
  return (size * price) / equity;
}

/** What the loss at a liquidation depends on. */
type StopOutRules = Pick<BrokerRules, 'leverage' | 'stopOut' | 'otherMargin'>;

/**
 * Loss per ounce at which the rule liquidates a size: (E - what must remain) / s. By the margin rule
 * the margin of other positions must remain too; their own gains and losses are not known here.
 */
export function liquidationLoss(
  size: Ounces,
  equity: Money,
  price: UsdPerOunce,
  rules: StopOutRules,
): UsdPerOunce {
  const { stopOut } = rules;
  return (
    stopOut.kind === 'equity'
      ? ((1 - stopOut.fraction) * equity) / size
      : (equity - stopOut.level * rules.otherMargin) / size -
        (stopOut.level * price) / rules.leverage
  ) as UsdPerOunce;
}

/** What an open position has paid per ounce after `nights` nights, before the exit's commission. */
export function chargePerOunce(costs: Costs, direction: Direction, nights: number): UsdPerOunce {
  return (costs.spread +
    costs.commissionPerSide +
    costs.swapPerNight[direction] * nights) as UsdPerOunce;
}

/**
 * Adverse move, as a share of the entry price, that liquidates (0.70 / L for the 30% equity rule
 * without costs). May exceed 1 for a long: a price of zero does not liquidate it.
 */
export function liquidationMove(
  size: Ounces,
  equity: Money,
  price: UsdPerOunce,
  rules: BrokerRules,
  direction: Direction,
): Fraction {
  const charge = chargePerOunce(rules.costs, direction, 0);
  return ((liquidationLoss(size, equity, price, rules) - charge) / price) as Fraction;
}

/** Price at which the rule liquidates right after entry; zero or below means never. */
export function liquidationPrice(
  size: Ounces,
  equity: Money,
  price: UsdPerOunce,
  rules: BrokerRules,
  direction: Direction,
): UsdPerOunce {
  const sign = direction === 'long' ? 1 : -1;
  const move = liquidationMove(size, equity, price, rules, direction);
  return (price * (1 - sign * move)) as UsdPerOunce;
}

/** Price at which the position has earned its costs, before any night: spread and both commissions. */
export function breakEvenPrice(
  price: UsdPerOunce,
  { costs }: Pick<BrokerRules, 'costs'>,
  direction: Direction,
): UsdPerOunce {
  const paid = costs.spread + 2 * costs.commissionPerSide;
  return (direction === 'long' ? price + paid : price - paid) as UsdPerOunce;
}

/** What the size pays for one night that is held; negative is a credit. */
export function swapANight(
  size: Ounces,
  { costs }: Pick<BrokerRules, 'costs'>,
  direction: Direction,
): Money {
  return (costs.swapPerNight[direction] * size) as Money;
}
