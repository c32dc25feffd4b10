import { SIZE_COUNT } from '../../domain/size.ts';
import type { Fraction } from '../../domain/units.ts';

/** Effective leverage of 4.50 oz over all accounts that are evaluated, log-uniform. */
export const LEVERAGE_AT_LARGEST = { from: 5, to: 40 } as const;
/** No rung above this is feasible. */
const LARGEST_FEASIBLE = 20;

const span = Math.log(LEVERAGE_AT_LARGEST.to / LEVERAGE_AT_LARGEST.from);

/** Weight of leverages up to exp(logLeverage) over all (account, feasible rung), unnormalised. */
function weightUpTo(logLeverage: number): number {
  let weight = 0;
  for (let rung = 1; rung <= SIZE_COUNT; rung++) {
    const atLargest = logLeverage + Math.log(SIZE_COUNT / rung / LEVERAGE_AT_LARGEST.from);
    weight += Math.min(span, Math.max(0, atLargest));
  }
  return weight;
}

const POINTS = 4096;

/**
 * log L at equal steps of its distribution function, where L is the effective leverage of a feasible
 * rung drawn as the evaluation meets them: every rung of every account counts once.
 */
const QUANTILES = (() => {
  const lowest = Math.log(LEVERAGE_AT_LARGEST.from / SIZE_COUNT);
  const highest = Math.log(LARGEST_FEASIBLE);
  const all = weightUpTo(highest);
  return Float64Array.from({ length: POINTS + 1 }, (_, i) => {
    let low = lowest;
    let high = highest;
    while (high - low > 1e-9) {
      const middle = (low + high) / 2;
      if (weightUpTo(middle) / all < i / POINTS) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });
})();

/** Share of the entry price that liquidates at L = 1 under the study's rule, 30% of equity. */
const MOVE_AT_ONE = 0.7;

/**
 * Adverse move that liquidates at the effective leverage found at a share in [0, 1) of their
 * distribution: 0.7 / L.
 */
export function moveAtShare(share: number): Fraction {
  const at = share * POINTS;
  const point = Math.floor(at);
  const logLeverage = QUANTILES[point]! + (at - point) * (QUANTILES[point + 1]! - QUANTILES[point]!);
  return (MOVE_AT_ONE / Math.exp(logLeverage)) as Fraction;
}
