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

/** 4.50 oz. */
export const LARGEST_SIZE = ounces(SIZES.at(-1)!);

/** The rung of a number from 1 to 30; null of 0 and any other. */
export const sizeAt = (rung: number): SizeIndex | null => SIZES[rung - 1] ?? null;

/** A size counted in rungs: whole for one of the ladder, between two for one between them. */
export const inRungs = (size: Ounces) => (size * 100) / 15;

/** The rung nearest to a size; null where that is beyond either end of the ladder. */
export const nearestSize = (size: Ounces) => sizeAt(Math.round(inRungs(size)));
