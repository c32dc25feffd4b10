import { feasibleCount, isFeasible, type BrokerRules } from '../domain/account/broker.ts';
import { pick, type Policy } from '../domain/risk/decision.ts';
import { emptyLadder, settle } from '../domain/risk/ladder.ts';
import { riskAt, type RiskCurve } from '../domain/risk/risk-curve.ts';
import { settleSize, type Drawdown, type SizeResult } from '../domain/simulate/drawdown.ts';
import { ounces, sizeAt, SIZES } from '../domain/size.ts';
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
  readonly policy: Policy;
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

/** Reused from trade to trade. */
const ladder = emptyLadder();

/** The size that the model's curve before the trade recommends in an account; null: stand aside. */
export function recommendedSize(
  { curve, direction, entryPrice: price }: SettledPath,
  { equity, rules, limit, policy }: Account,
): SizeIndex | null {
  if (!curve) return null;
  settle(riskAt(curve), { price, equity, direction, rules }, ladder);
  return sizeAt(pick(ladder, feasibleCount(equity, price, rules), limit, policy));
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
    size !== null && isFeasible(size, equity, entryPrice, rules)
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
  const carried = SIZES.slice(0, feasibleCount(equity, path.entryPrice, rules));
  const [smallest, largest] = [carried[0], carried.at(-1)];
  if (!smallest || !largest) return null;
  const of = (size: SizeIndex) => {
    const result = resultOf(path, ounces(size), account);
    return result && { size, ...result };
  };
  // Where the largest lives all do, and the return is the size times what an ounce made.
  const top = of(largest);
  if (top && top.liquidatedAfter < 0) return top.return > 0 ? top : of(smallest);
  let best: { size: SizeIndex; return: Fraction } | null = null;
  for (const size of carried) {
    const result = of(size);
    if (!result) return null;
    if (!best || result.return > best.return) best = result;
  }
  return best;
}
