import { effectiveLeverage, liquidationMove, liquidationPrice } from './broker.ts';
import { riskOf, type RiskCurve } from './risk-curve.ts';
import { SIZE_COUNT } from './size.ts';
import type { Position } from './ladder.ts';
import type { Fraction, Ounces, SizeIndex } from './units.ts';

/** One standard gold contract. */
const OUNCES_PER_LOT = 100;
/** Smallest step of an order, in hundredths of a lot. */
const STEP_HUNDREDTHS = 1;

/** The smallest order a broker of standard contracts takes: 0.01 lot, 1 oz. */
export const SMALLEST_ORDER = ((STEP_HUNDREDTHS * OUNCES_PER_LOT) / 100) as Ounces;

/** A size as it can be ordered. */
export interface Lots {
  readonly lots: number;
  readonly ounces: Ounces;
}

/** The size rounded down to whole lot steps; zero lots where it is below the smallest order. */
export function lotsDown(size: Ounces): Lots {
  // In hundredths of an ounce, which every rung is a whole number of.
  const steps = Math.floor(Math.round(size * 100) / (SMALLEST_ORDER * 100));
  return {
    lots: (steps * STEP_HUNDREDTHS) / 100,
    ounces: (steps * SMALLEST_ORDER) as Ounces,
  };
}

/** P(liquidation) of a size between two rungs, for orders that the ladder does not hold. */
export function probabilityAt(size: Ounces, curve: RiskCurve, position: Position): Fraction {
  const { price, equity, rules, direction } = position;
  // The broker's formulas are smooth in size, so an index between two rungs is a size between them.
  const index = (size / 0.15) as SizeIndex;
  if (liquidationPrice(index, equity, price, rules, direction) <= 0) return 0 as Fraction;
  return riskOf(curve, {
    move: liquidationMove(index, equity, price, rules, direction),
    leverage: effectiveLeverage(index, equity, price),
    leverageAtLargest: effectiveLeverage(SIZE_COUNT as SizeIndex, equity, price),
  }).pLiquidation;
}
