import {
  feasibleCount,
  isCarried,
  liquidationMove,
  liquidationPrice,
  effectiveLeverage,
  type BrokerRules,
} from '../domain/account/broker.ts';
import { settleSize, type Drawdown, type SizeResult } from '../domain/simulate/drawdown.ts';
import { riskOf, type RiskCurve } from '../domain/risk/risk-curve.ts';
import { ounces, SIZE_COUNT } from '../domain/size.ts';
import type {
  Direction,
  Fraction,
  Money,
  Ounces,
  SizeIndex,
  UsdPerOunce,
} from '../domain/units.ts';

/** What a past trade is settled by, whatever the account: its path, and what the model said before it. */
export interface SettledPath {
  readonly direction: Direction;
  readonly entryPrice: UsdPerOunce;
  /** By the bars that lie wholly inside the trade, and by those of its fills as well. */
  readonly least: Drawdown;
  readonly most: Drawdown;
  readonly curve: RiskCurve | null;
  /** Name of the model whose curve it is. */
  readonly model: string | null;
  /** Null where none is known to have been taken. */
  readonly taken: Ounces | null;
}

/** The account that past trades are looked at with. Each begins anew with this equity. */
export interface Account {
  readonly equity: Money;
  readonly rules: BrokerRules;
  /** P must be under it. */
  readonly limit: Fraction;
}

/**
 * What a size came to; null where the bars of the fills decide and do not tell: it was liquidated only
 * if their worst came while the trade was open.
 */
export function resultOf(
  { least, most }: Pick<SettledPath, 'least' | 'most'>,
  size: Ounces,
  { equity, rules }: Pick<Account, 'equity' | 'rules'>,
): SizeResult | null {
  const worse = settleSize(most, size, equity, rules);
  if (most === least || worse.liquidatedAfter < 0) return worse;
  return settleSize(least, size, equity, rules).liquidatedAfter < 0 ? null : worse;
}

/** The largest size that margin carries and whose P was under the limit; null: stand aside. */
export function recommendedSize(path: SettledPath, account: Account): SizeIndex | null {
  const { curve, direction, entryPrice } = path;
  const { equity, rules, limit } = account;
  if (!curve) return null;
  const leverageAtLargest = effectiveLeverage(SIZE_COUNT as SizeIndex, equity, entryPrice);
  for (let rung = feasibleCount(equity, entryPrice, rules); rung > 0; rung--) {
    const size = rung as SizeIndex;
    const never = liquidationPrice(size, equity, entryPrice, rules, direction) <= 0;
    const move = liquidationMove(size, equity, entryPrice, rules, direction);
    const leverage = effectiveLeverage(size, equity, entryPrice);
    const p = never ? 0 : riskOf(curve, { move, leverage, leverageAtLargest }).pLiquidation;
    if (p < limit) return size;
  }
  return null;
}

/** One trade in one account. Null where nothing can be said. */
export interface Reviewed {
  readonly recommended: SizeIndex | null;
  /** The model spoke and found no size under the limit. */
  readonly stoodAside: boolean;
  readonly best: SizeIndex | null;
  readonly ofTaken: SizeResult | null;
  readonly ofRecommended: SizeResult | null;
  readonly ofFixed: SizeResult | null;
  readonly bestReturn: Fraction | null;
}

/**
 * The trade at the size taken, recommended, best in hindsight and at one fixed size. `recorded`: what
 * was recommended at the time, where that is kept (null: to stand aside).
 */
export function review(
  path: SettledPath,
  account: Account,
  fixed: Ounces,
  recorded?: SizeIndex | null,
): Reviewed {
  const { entryPrice, taken } = path;
  const { equity, rules } = account;
  const of = (size: Ounces | null) =>
    size !== null && isCarried(size, equity, entryPrice, rules)
      ? resultOf(path, size, account)
      : null;
  const recommended = recorded === undefined ? recommendedSize(path, account) : recorded;
  const best = bestOf(path, account);
  return {
    recommended,
    stoodAside: recommended === null && (recorded === null || path.curve !== null),
    best: best?.size ?? null,
    bestReturn: best?.return ?? null,
    ofTaken: of(taken),
    ofRecommended: of(recommended && ounces(recommended)),
    ofFixed: of(fixed),
  };
}

/** The rung with the highest return, the smallest of equals; null where one rung is not decided. */
function bestOf(
  path: SettledPath,
  account: Account,
): { readonly size: SizeIndex; readonly return: Fraction } | null {
  const { equity, rules } = account;
  const largest = feasibleCount(equity, path.entryPrice, rules) as SizeIndex;
  if (largest < 1) return null;
  const of = (size: SizeIndex) => {
    const result = resultOf(path, ounces(size), account);
    return result && { size, ...result };
  };
  // Where the largest lives all do, and the return is the size times what an ounce made.
  const top = of(largest);
  if (top && top.liquidatedAfter < 0) return top.return > 0 ? top : of(1 as SizeIndex);
  let best: { size: SizeIndex; return: Fraction } | null = null;
  for (let rung = 1; rung <= largest; rung++) {
    const result = of(rung as SizeIndex);
    if (!result) return null;
    if (!best || result.return > best.return) best = result;
  }
  return best;
}
