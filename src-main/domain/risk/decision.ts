import { SIZE_COUNT } from '../size.ts';
import { unbiased } from './size-curve.ts';
import type { Rung } from './ladder.ts';
import type { Fraction } from '../units.ts';

/** How a size is picked from the ladder (product rules, section 4). */
export type Policy = 'largest-safe' | 'best-return';

/** Who states P: a model of one of the three kinds, or a baseline. */
export type PSource = 'v1' | 'v2' | 'v3' | 'baseline';

/** What the trader accepts. */
export interface RiskAppetite {
  readonly threshold: Fraction;
  readonly safetyFactor: Fraction;
}

export const DEFAULT_APPETITE: RiskAppetite = {
  threshold: 0.1 as Fraction,
  safetyFactor: 0.6 as Fraction,
};

/** Rungs whose mean return differs by less than this count as equal; the larger is taken. */
export const NEAR_TIE = 0.001;

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
 * safety factor. Only V2 has its margin of safety in its penalty instead: its penalised P' must be
 * under the threshold itself, which is the same as P under t / (5 - 4t).
 */
export function limitOf({ threshold, safetyFactor }: RiskAppetite, kind: PSource | null): Fraction {
  return kind === 'v2' ? unbiased(threshold) : ((threshold * safetyFactor) as Fraction);
}

export function isUnder(rung: Rung, limit: Fraction): boolean {
  return rung.pLiquidation !== null && rung.pLiquidation < limit;
}

/** Pick a size from a settled ladder (smallest rung first); `limit` as `limitOf` gives it. */
export function decide(
  ladder: readonly Rung[],
  limit: Fraction,
  policy: Policy = 'largest-safe',
): Decision {
  const safe = ladder.filter((rung) => isUnder(rung, limit));
  const largest = safe.at(-1) ?? null;
  const best = bestReturn(safe);
  const [recommended, otherPolicy] = policy === 'largest-safe' ? [largest, best] : [best, largest];
  return {
    policy,
    limit,
    recommended,
    reason: recommended ? null : whyNone(ladder),
    firstOver: ladder.slice(largest?.size ?? 0).find((rung) => rung.pLiquidation !== null) ?? null,
    otherPolicy,
    wholeLadderSafe: safe.length === SIZE_COUNT,
  };
}

function bestReturn(safe: readonly Rung[]): Rung | null {
  const highest = Math.max(...safe.map((rung) => rung.expectedReturn ?? -Infinity));
  return safe.findLast((rung) => (rung.expectedReturn ?? -Infinity) >= highest - NEAR_TIE) ?? null;
}

function whyNone(ladder: readonly Rung[]): NoSizeReason {
  if (!ladder[0]?.feasible) return 'no-margin';
  return ladder[0].pLiquidation === null ? 'no-curve' : 'all-over-limit';
}
