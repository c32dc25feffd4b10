import type { Ounces, SizeIndex } from './units.ts';

/** Rungs of the ladder: 0.15, 0.30 ... 4.50 oz. */
export const SIZE_COUNT = 30;

/** Every size, smallest first. */
export const SIZES: readonly SizeIndex[] = Array.from(
  { length: SIZE_COUNT },
  (_, i) => (i + 1) as SizeIndex,
);

/** Ounces of a rung. The index decides, so 15·i/100 never drifts as a sum of 0.15 would. */
export function ounces(size: SizeIndex): Ounces {
  return ((15 * size) / 100) as Ounces;
}
