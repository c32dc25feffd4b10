import { marginOf, type PSource } from '../models/kinds.ts';
import { SIZE_COUNT } from '../size.ts';
import { unbiased } from './risk-curve.ts';
import type { Ladders, Rung } from './ladder.ts';
import type { Fraction } from '../units.ts';

/** How a size is picked from the ladder (product rules, section 4). */
export const POLICIES = ['largest-safe', 'best-return'] as const;
export type Policy = (typeof POLICIES)[number];

/** What the trader accepts. */
export interface RiskAppetite {
  readonly threshold: Fraction;
  readonly safetyFactor: Fraction;
}

export const DEFAULT_APPETITE: RiskAppetite = {
  threshold: 0.1 as Fraction,
  safetyFactor: 0.6 as Fraction,
};

export type NoSizeReason =
  /** The margin does not carry even 0.15 oz. */
  | 'no-margin'
  /** Every size that fits is at or over the limit. */
  | 'all-over-limit'
  /** There is no curve: no model, or too few candles. */
  | 'no-curve';

export interface Decision {
  readonly policy: Policy;
  /** Effective limit; P must be strictly under it. */
  readonly limit: Fraction;
  /** Null: stand aside. */
  readonly recommended: Rung | null;
  readonly reason: NoSizeReason | null;
  /** First feasible rung above the largest safe one, if any: what makes that size the largest. */
  readonly firstOver: Rung | null;
  /** What the other policy would pick: shown beside, never overruling. */
  readonly otherPolicy: Rung | null;
  /** Whether every one of the 30 sizes is under the limit: the ladder ends before the risk does. */
  readonly wholeLadderSafe: boolean;
}

/**
 * The limit that an unbiased P must be under (product rules, section 4): the threshold times the
 * safety factor. A model whose penalty is its margin of safety (V2) has its penalised P' under the
 * threshold itself instead, which is the same as P under t / (5 - 4t).
 */
export function limitOf(
  { threshold, safetyFactor }: RiskAppetite,
  source: PSource | null,
): Fraction {
  return marginOf(source) === 'penalty'
    ? unbiased(threshold)
    : ((threshold * safetyFactor) as Fraction);
}

/** Whether a size with this P may be taken: strictly under the limit. No P is under no limit. */
const isSafe = (p: number, limit: number) => p < limit;

export const isUnder = ({ pLiquidation }: Rung, limit: Fraction) =>
  pLiquidation !== null && isSafe(pLiquidation, limit);

/** Mean returns that differ by less than this count as equal; the larger size is taken. */
const NEAR_TIE = 0.001;

/**
 * The size that a policy takes from the ladder of that number: of the first `feasible` rungs whose P is
 * strictly under the limit the largest, or the largest of those with the best mean return. Its rung; 0
 * is to stand aside. A mean return that is not known is worse than any other.
 */
export function pick(
  { p, meanReturn }: Ladders,
  feasible: number,
  limit: number,
  policy: Policy,
  ladder = 0,
): number {
  const before = ladder * SIZE_COUNT - 1;
  let rung = feasible;
  if (policy === 'best-return' && meanReturn) {
    let best = -Infinity;
    for (let one = 1; one <= feasible; one++) {
      const expected = meanReturn[before + one]!;
      if (isSafe(p[before + one]!, limit) && expected > best) best = expected;
    }
    if (best > -Infinity) {
      const enough = (one: number) =>
        isSafe(p[before + one]!, limit) && meanReturn[before + one]! >= best - NEAR_TIE;
      while (!enough(rung)) rung--;
      return rung;
    }
  }
  while (rung > 0 && !isSafe(p[before + rung]!, limit)) rung--;
  return rung;
}

/** Pick a size from a settled ladder (smallest rung first); `limit` as `limitOf` gives it. */
export function decide(
  ladder: readonly Rung[],
  limit: Fraction,
  policy: Policy = 'largest-safe',
): Decision {
  const ladders = {
    p: Float64Array.from(ladder, ({ pLiquidation }) => pLiquidation ?? NaN),
    meanReturn: Float64Array.from(ladder, ({ expectedReturn }) => expectedReturn ?? NaN),
  };
  const feasible = ladder.filter((rung) => rung.feasible).length;
  const picked = (by: Policy) => ladder[pick(ladders, feasible, limit, by) - 1] ?? null;
  const largest = picked('largest-safe');
  const best = picked('best-return');
  const [recommended, otherPolicy] = policy === 'largest-safe' ? [largest, best] : [best, largest];
  return {
    policy,
    limit,
    recommended,
    reason: recommended ? null : whyNone(ladder),
    firstOver: ladder.slice(largest?.size ?? 0).find((rung) => rung.pLiquidation !== null) ?? null,
    otherPolicy,
    wholeLadderSafe: ladder.length === SIZE_COUNT && ladder.every((rung) => isUnder(rung, limit)),
  };
}

function whyNone(ladder: readonly Rung[]): NoSizeReason {
  if (!ladder[0]?.feasible) return 'no-margin';
  return ladder[0].pLiquidation === null ? 'no-curve' : 'all-over-limit';
}
