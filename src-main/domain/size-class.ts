import type { LadderOutcome } from './simulate/simulate.ts';

/** Classes of a trade by its best size in hindsight (product rules, section 2). */
export const SIZE_CLASSES = ['small', 'mid', 'big'] as const;
export type SizeClass = (typeof SIZE_CLASSES)[number];

/** The largest rung of each class: 1.50, 3.00 and 4.50 oz. */
export const LARGEST_OF_CLASS: Readonly<Record<SizeClass, number>> = {
  small: 10,
  mid: 20,
  big: 30,
};

/** Index into SIZE_CLASSES of a rung. */
export const sizeClassOf = (size: number) =>
  size <= LARGEST_OF_CLASS.small ? 0 : size <= LARGEST_OF_CLASS.mid ? 1 : 2;

/** The feasible rung with the highest return, ties to the smallest. */
export function bestSize({ feasible, returns }: LadderOutcome): number {
  let best = 1;
  for (let size = 2; size <= feasible; size++) {
    if (returns[size - 1]! > returns[best - 1]!) best = size;
  }
  return best;
}
