import type {
  Money,
  UsdPerOunce,
  UtcSeconds,
  Ounces,
  Fraction,
  SizeIndex,
} from '../domain/units.ts';
import { LONGEST_NAME, type Limit } from '../domain/limits.ts';
import { SIZE_COUNT } from '../domain/size.ts';
import { z } from 'zod';

/** The numbers that a limit takes. */
export function within({ from, above, to, below, whole }: Limit): z.ZodNumber {
  let schema = z.number();
  if (whole) schema = schema.int();
  if (from !== undefined) schema = schema.min(from);
  if (above !== undefined) schema = schema.gt(above);
  if (to !== undefined) schema = schema.max(to);
  if (below !== undefined) schema = schema.lt(below);
  return schema;
}

/** Units survive the boundary: the schema checks the number, the type keeps the unit. */
export const unit = <U extends number>(schema: z.ZodNumber) => schema as unknown as z.ZodType<U, U>;

export const money = unit<Money>(z.number().finite().positive());
export const usdPerOunce = unit<UsdPerOunce>(z.number().finite());
export const utcSeconds = unit<UtcSeconds>(z.number().int());
/** Of any position, on the ladder or not. */
export const ounces = unit<Ounces>(z.number().finite().positive());
export const fraction = unit<Fraction>(z.number().finite());
export const sizeIndex = unit<SizeIndex>(z.number().int().min(1).max(SIZE_COUNT));
export const direction = z.enum(['long', 'short']);
/** What a trader calls a dataset or a model. */
export const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(LONGEST_NAME, `must have ${LONGEST_NAME} characters at most`)
  .regex(/^\P{C}*$/u, 'must not have control characters');
