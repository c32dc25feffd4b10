import {
  ANY_THRESHOLD,
  CONTRACT_SIZE,
  COST,
  LEVERAGE,
  LOT_STEP,
  OTHER_MARGIN,
  SAFETY_FACTOR,
  STOP_OUT,
  SWAP,
  THRESHOLD,
} from '../domain/limits.ts';
import { POLICIES } from '../domain/risk/decision.ts';
import type { Fraction, UsdPerOunce, Ounces, Money } from '../domain/units.ts';
import { unit, usdPerOunce, within } from './units.ts';
import { z } from 'zod';

export const stopOutRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('equity'), fraction: unit<Fraction>(within(STOP_OUT.equity)) }),
  z.object({ kind: z.literal('margin'), level: unit<Fraction>(within(STOP_OUT.margin)) }),
]);

const swap = unit<UsdPerOunce>(within(SWAP));
export const brokerRules = z.object({
  leverage: within(LEVERAGE),
  stopOut: stopOutRule,
  costs: z.object({
    spread: unit<UsdPerOunce>(within(COST)),
    commissionPerSide: unit<UsdPerOunce>(within(COST)),
    swapPerNight: z.object({ long: swap, short: swap }),
  }),
  negativeBalanceProtection: z.boolean(),
  // Records of before these were asked for keep what was assumed then.
  contractSize: unit<Ounces>(within(CONTRACT_SIZE)).default(100 as Ounces),
  lotStep: within(LOT_STEP).default(0.01),
  gapFill: z.enum(['open', 'trigger']).default('open'),
  otherMargin: unit<Money>(within(OTHER_MARGIN)).default(0 as Money),
});

export const appetite = z.object({
  threshold: unit<Fraction>(within(THRESHOLD)),
  safetyFactor: unit<Fraction>(within(SAFETY_FACTOR)),
});

/** The same as the command line takes it: from any threshold on, up to all. */
export const anyAppetite = z.object({
  threshold: unit<Fraction>(within(ANY_THRESHOLD)),
  safetyFactor: unit<Fraction>(within(SAFETY_FACTOR)),
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
