import { SIZE_COUNT } from '#domain/size.ts';
import type { Ounces, SizeIndex } from '#domain/units.ts';

/** The rung of the ladder that lies nearest to a size; null beyond either end of it. */
export function sizeIndexNear(size: Ounces | null): SizeIndex | null {
  if (size === null) return null;
  const rung = Math.round((size * 100) / 15);
  return rung >= 1 && rung <= SIZE_COUNT ? (rung as SizeIndex) : null;
}
