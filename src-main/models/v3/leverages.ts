import { LEVERAGE_AT_LARGEST } from '../../domain/account/broker.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
import type { Fraction } from '../../domain/units.ts';

/** No rung above this is feasible. */
const LARGEST_FEASIBLE = 20;
/** Share of the entry price that liquidates at L = 1 under the study's rule, 30% of equity. */
const MOVE_AT_ONE = 0.7;

/** Weight of effective leverages up to L over all (account, feasible rung), unnormalised. */
function weightUpTo(logLeverage: number): number {
  const { from, to } = LEVERAGE_AT_LARGEST;
  let weight = 0;
  for (let rung = 1; rung <= SIZE_COUNT; rung++) {
    const atLargest = logLeverage + Math.log(SIZE_COUNT / rung);
    weight += Math.min(Math.log(to), Math.max(Math.log(from), atLargest)) - Math.log(from);
  }
  return weight;
}

const POINTS = 512;
const LOWEST = Math.log(LEVERAGE_AT_LARGEST.from / SIZE_COUNT);
const STEP = (Math.log(LARGEST_FEASIBLE) - LOWEST) / POINTS;
const WEIGHTS = Float64Array.from({ length: POINTS + 1 }, (_, i) => weightUpTo(LOWEST + i * STEP));

/**
 * Adverse move 0.7 / L that liquidates at the effective leverage L found at a share in [0, 1) of its
 * distribution, where every feasible rung of every account counts once: the draws that make a mean
 * over them the mean of the evaluation.
 */
export function moveAtShare(share: number): Fraction {
  const weight = share * WEIGHTS[POINTS]!;
  let low = 0;
  let high = POINTS;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (WEIGHTS[middle]! <= weight) low = middle;
    else high = middle;
  }
  const between = (weight - WEIGHTS[low]!) / (WEIGHTS[high]! - WEIGHTS[low]!);
  return (MOVE_AT_ONE / Math.exp(LOWEST + (low + between) * STEP)) as Fraction;
}
