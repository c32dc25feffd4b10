import type { ExitRule } from '../domain/exits/exit-rule.ts';
import { LONGEST_HELD } from '../domain/exits/own-exits.ts';
import { z } from 'zod';

export const exitName = z.enum(['cross', 'rsi', 'hold', 'trend']);

const period = z.number().int().min(2).max(2_000);
const cap = z.number().int().min(2).max(10_000);
const holding = z.number().int().min(1).max(LONGEST_HELD);
export const ownExit = z
  .object({
    kind: z.literal('own'),
    holding: z.array(holding).min(1).max(1_000).readonly(),
    trades: z.number().int().min(1),
    cap: holding,
  })
  .refine(
    ({ holding, cap }) => [...holding, cap].every((bars, i) => i === 0 || bars >= holding[i - 1]!),
    'holding times must rise to the cap',
  );
export const exitRule: z.ZodType<ExitRule> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cross'), fast: period, slow: period, cap }),
  z.object({ kind: z.literal('trend'), fast: period, slow: period, cap }),
  z.object({
    kind: z.literal('rsi'),
    period,
    high: z.number().gt(0).lt(100),
    low: z.number().gt(0).lt(100),
    cap,
  }),
  z.object({ kind: z.literal('hold'), shortest: z.number().int().min(1), cap }),
  ownExit,
]);
/** A rule by its name, or the trader's own. */
export const exitChoice = z.union([exitName, ownExit]);

/** How the trader means to leave the next trade. */
export const exitPlan = z.object({
  exit: exitChoice,
  /** Bars that the trade is meant to last; null where the trader names none. */
  holding: z.number().int().min(1).max(10_000).nullable(),
});
export type ExitPlan = z.infer<typeof exitPlan>;
