import { POLICIES } from '../domain/risk/decision.ts';
import type { Fraction, UsdPerOunce, Ounces, Money } from '../domain/units.ts';
import { unit, usdPerOunce } from './units.ts';
import { z } from 'zod';

export const stopOutRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('equity'), fraction: unit<Fraction>(z.number().min(0).lt(1)) }),
  z.object({ kind: z.literal('margin'), level: unit<Fraction>(z.number().min(0).max(1)) }),
]);

export const brokerRules = z.object({
  leverage: z.number().min(1).max(1000),
  stopOut: stopOutRule,
  costs: z.object({
    spread: unit<UsdPerOunce>(z.number().min(0)),
    commissionPerSide: unit<UsdPerOunce>(z.number().min(0)),
    swapPerNight: z.object({ long: usdPerOunce, short: usdPerOunce }),
  }),
  negativeBalanceProtection: z.boolean(),
  // Records of before these were asked for keep what was assumed then.
  contractSize: unit<Ounces>(z.number().gt(0).max(100_000)).default(100 as Ounces),
  lotStep: z.number().gt(0).max(100).default(0.01),
  gapFill: z.enum(['open', 'trigger']).default('open'),
  otherMargin: unit<Money>(z.number().min(0).max(1e9)).default(0 as Money),
});

export const appetite = z.object({
  threshold: unit<Fraction>(z.number().min(0.01).max(0.25)),
  safetyFactor: unit<Fraction>(z.number().gt(0).max(1)),
});

/** The same as the command line takes it: from any threshold on, up to all. */
export const anyAppetite = z.object({
  threshold: unit<Fraction>(z.number().gt(0).max(1)),
  safetyFactor: unit<Fraction>(z.number().gt(0).max(1)),
});

export const policy = z.enum(POLICIES);

/** What one size of a trade came to. */
export const sizeOutcome = z.object({
  feasible: z.boolean(),
  /** Bar of the path or series; null where it is not liquidated. */
  liquidatedAt: z.number().int().nullable(),
  /** Share of equity at entry, costs included; null where margin does not allow the size. */
  return: z.number().nullable(),
  liquidationPrice: usdPerOunce.nullable(),
});
export type SizeOutcome = z.infer<typeof sizeOutcome>;
