import { swapANight } from '../account/broker.ts';
import { lotsDown, type Lots } from '../account/lots.ts';
import { ounces } from '../size.ts';
import type { Position, Rung } from './ladder.ts';
import type { Fraction, Money, UsdPerOunce } from '../units.ts';

/** What a rung means in money, at the price and equity of the decision. */
export interface RungFacts {
  /** From the price to the liquidation price; null where no price liquidates. */
  readonly distance: {
    readonly dollars: UsdPerOunce;
    readonly share: Fraction;
    /** In mean true ranges; null without one. */
    readonly ranges: number | null;
  } | null;
  readonly marginUsed: Money;
  /** Of the equity, beside this and other positions; below zero where margin does not carry the size. */
  readonly marginFree: Money;
  /** Paid for one night; negative is a credit. */
  readonly swap: Money;
  /** Rounded down to the broker's step. */
  readonly lots: Lots;
}

/** `atr`: mean true range of the bars, or null. */
export function rungFacts(
  { size, liquidationPrice }: Rung,
  { price, equity, direction, rules }: Position,
  atr: UsdPerOunce | null,
): RungFacts {
  const dollars = Math.abs(price - liquidationPrice) as UsdPerOunce;
  const marginUsed = ((ounces(size) * price) / rules.leverage) as Money;
  return {
    distance:
      liquidationPrice <= 0
        ? null
        : { dollars, share: (dollars / price) as Fraction, ranges: atr && dollars / atr },
    marginUsed,
    marginFree: (equity - rules.otherMargin - marginUsed) as Money,
    swap: swapANight(ounces(size), rules, direction),
    lots: lotsDown(ounces(size), rules),
  };
}
