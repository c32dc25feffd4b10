import { SIZE_COUNT } from './size.ts';
import type { Rung } from './ladder.ts';
import type { Fraction } from './units.ts';

/** How a size is picked from the ladder (product rules, section 4). */
export type Policy = 'largest-safe' | 'best-return';

/** What the trader accepts. The limit that decides is threshold · safetyFactor. */
export interface RiskAppetite {
  readonly threshold: Fraction;
  readonly safetyFactor: Fraction;
}

export const DEFAULT_APPETITE: RiskAppetite = {
  threshold: 0.1 as Fraction,
  safetyFactor: 0.6 as Fraction,
};

/** Rungs whose mean return differs by less than this count as equal; the larger is taken. */
const NEAR_TIE = 0.001;

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
  /** First feasible rung that is at or over the limit, if any: what makes the size the largest. */
  readonly firstOver: Rung | null;
  /** What the other policy would pick: shown beside, never overruling. */
  readonly otherPolicy: Rung | null;
  /** Whether every one of the 30 sizes is under the limit: the ladder ends before the risk does. */
  readonly wholeLadderSafe: boolean;
}

export const limitOf = (appetite: RiskAppetite) =>
  (appetite.threshold * appetite.safetyFactor) as Fraction;

export function isUnder(rung: Rung, limit: Fraction): boolean {
  return rung.pLiquidation !== null && rung.pLiquidation < limit;
}

/** Pick a size from a settled ladder (smallest rung first). */
export function decide(
  ladder: readonly Rung[],
  appetite: RiskAppetite,
  policy: Policy = 'largest-safe',
): Decision {
  const limit = limitOf(appetite);
  const safe = ladder.filter((rung) => isUnder(rung, limit));
  const largest = safe.at(-1) ?? null;
  const best = bestReturn(safe);
  const [recommended, otherPolicy] = policy === 'largest-safe' ? [largest, best] : [best, largest];
  return {
    policy,
    limit,
    recommended,
    reason: recommended ? null : whyNone(ladder),
    firstOver: ladder.find((rung) => rung.pLiquidation !== null && !isUnder(rung, limit)) ?? null,
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
