import {
  effectiveLeverage,
  isFeasible,
  liquidationMove,
  liquidationPrice,
  type BrokerRules,
} from '../account/broker.ts';
import { riskOf, type RiskCurve } from './risk-curve.ts';
import { SIZE_COUNT, SIZES } from '../size.ts';
import type { Direction, Fraction, Money, SizeIndex, UsdPerOunce } from '../units.ts';

/** What the trader has set; the price is the close of the decision bar. */
export interface Position {
  readonly price: UsdPerOunce;
  readonly equity: Money;
  readonly direction: Direction;
  readonly rules: BrokerRules;
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

/**
 * All 30 rungs from one curve. Pure arithmetic on 30 numbers: the window calls it on every slider
 * movement, the command line and the evaluation call the same function.
 */
export function settleLadder(curve: RiskCurve | null, position: Position): Rung[] {
  const { price, equity, direction, rules } = position;
  const leverageAtLargest = effectiveLeverage(SIZE_COUNT as SizeIndex, equity, price);
  return SIZES.map((size) => {
    const feasible = isFeasible(size, equity, price, rules);
    const leverage = effectiveLeverage(size, equity, price);
    const move = liquidationMove(size, equity, price, rules, direction);
    const atLiquidation = liquidationPrice(size, equity, price, rules, direction);
    const risk = curve && feasible ? riskOf(curve, { move, leverage, leverageAtLargest }) : null;
    return {
      size,
      feasible,
      leverage,
      liquidationPrice: atLiquidation,
      pLiquidation: risk && atLiquidation <= 0 ? (0 as Fraction) : (risk?.pLiquidation ?? null),
      expectedReturn: risk?.expectedReturn ?? null,
    };
  });
}
