import {
  effectiveLeverage,
  feasibleCount,
  liquidationMove,
  liquidationPrice,
  type BrokerRules,
} from '../account/broker.ts';
import { riskAt, type Risk, type RiskAt, type RiskCurve } from './risk-curve.ts';
import { LARGEST_SIZE, ounces, SIZE_COUNT, SIZES } from '../size.ts';
import type { Direction, Fraction, Money, Ounces, SizeIndex, UsdPerOunce } from '../units.ts';

/** What the trader has set; the price is the close of the decision bar. */
export interface Position {
  readonly price: UsdPerOunce;
  readonly equity: Money;
  readonly direction: Direction;
  readonly rules: BrokerRules;
}

/**
 * P and mean return of the 30 sizes of a position, or of many positions, one ladder after the other.
 * Sizes that margin does not carry are told too.
 */
export interface Ladders {
  /** P(liquidation). */
  readonly p: Float64Array;
  /** Mean return as a share of equity; NaN where it is not known, null where none is. */
  readonly meanReturn: Float64Array | null;
}

/** Room for one ladder. */
export const emptyLadder = () => ({
  p: new Float64Array(SIZE_COUNT),
  meanReturn: new Float64Array(SIZE_COUNT),
});

/**
 * Risk of one size, on the ladder or between two rungs: what is said of the adverse move at which the
 * broker liquidates it. A long that a price of zero would not liquidate never is, whatever is said.
 */
export function riskOfSize(
  of: RiskAt,
  size: Ounces,
  { price, equity, direction, rules }: Position,
): Risk {
  const move = liquidationMove(size, equity, price, rules, direction);
  const risk = of({
    move,
    leverage: effectiveLeverage(size, equity, price),
    leverageAtLargest: effectiveLeverage(LARGEST_SIZE, equity, price),
  });
  const isNever = direction === 'long' && move >= 1;
  return isNever ? { ...risk, pLiquidation: 0 as Fraction } : risk;
}

/**
 * Settles all 30 sizes of a position into the ladder of that number. The one place where a curve meets
 * an account: the desk, the evaluation, past trades and the command line all come by here.
 */
export function settle(
  of: RiskAt,
  position: Position,
  { p, meanReturn }: Ladders,
  ladder = 0,
): void {
  const first = ladder * SIZE_COUNT;
  for (const size of SIZES) {
    const { pLiquidation, expectedReturn } = riskOfSize(of, ounces(size), position);
    p[first + size - 1] = pLiquidation;
    if (meanReturn) meanReturn[first + size - 1] = expectedReturn ?? NaN;
  }
}

/** One rung of the ladder. The model's columns are null without a curve or without margin. */
export interface Rung {
  readonly size: SizeIndex;
  readonly feasible: boolean;
  /** Effective leverage s · price / E. */
  readonly leverage: number;
  /** Zero or below: never. */
  readonly liquidationPrice: UsdPerOunce;
  readonly pLiquidation: Fraction | null;
  readonly expectedReturn: Fraction | null;
}

/** Reused from call to call: the window settles a ladder on every movement of a slider. */
const settled = emptyLadder();

/** All 30 rungs of a position, smallest first, as a window or a report shows them. */
export function settleLadder(curve: RiskCurve | null, position: Position): Rung[] {
  const { price, equity, direction, rules } = position;
  if (curve) settle(riskAt(curve), position, settled);
  const carried = feasibleCount(equity, price, rules);
  return SIZES.map((size) => {
    const feasible = size <= carried;
    const isStated = curve !== null && feasible;
    const expected = settled.meanReturn[size - 1]!;
    return {
      size,
      feasible,
      leverage: effectiveLeverage(ounces(size), equity, price),
      liquidationPrice: liquidationPrice(ounces(size), equity, price, rules, direction),
      pLiquidation: isStated ? (settled.p[size - 1] as Fraction) : null,
      expectedReturn: isStated && !Number.isNaN(expected) ? (expected as Fraction) : null,
    };
  });
}
