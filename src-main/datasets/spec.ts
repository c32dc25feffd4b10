import { within } from '../contract/units.ts';
import { DATASET_TRADES, LEVERAGE } from '../domain/limits.ts';
import { z } from 'zod';
import { exitRule } from '../contract/exits.ts';
import { candlesNeeded } from '../domain/features/features.ts';
import type { ExitRule } from '../domain/exits/exit-rule.ts';
import { marketMix } from '../synth/parameters.ts';

/** Bars of a path before its first entry, so that averages and windows have settled. */
const WARM_UP = 256;
/** Entries of a path are drawn from at least this many bars. */
const FEWEST_ENTRY_BARS = 100;

/** Bars that entries are drawn from: first and last, both included. */
export function entryBars(spec: { exit: ExitRule; pathBars: number }) {
  return {
    first: Math.max(WARM_UP, candlesNeeded(spec.exit)),
    last: spec.pathBars - 1 - spec.exit.cap,
  };
}

/** How the trades of a run are drawn: with the market, everything that they follow from. */
export const drawSpec = z
  .object({
    seed: z.number().int().nonnegative(),
    exit: exitRule,
    mix: marketMix,
    /** Bars of a path; an index of a bar takes two bytes. */
    pathBars: z.number().int().max(65_535),
    /** Trades of one path: more cost less time and teach less, for they share candles. */
    tradesAPath: z.number().int().min(1).max(256),
    /** Effective leverage at 4.50 oz is drawn log-uniform between the two. */
    leverage: z
      .object({ from: z.number().positive(), to: z.number().positive() })
      .refine(({ from, to }) => from <= to, 'from must not exceed to'),
    /** Leverage that the broker grants: it cuts the ladder. */
    brokerLeverage: within(LEVERAGE),
  })
  .refine((spec) => {
    const { first, last } = entryBars(spec);
    return last - first >= FEWEST_ENTRY_BARS;
  }, 'the paths are too short for the warm-up and the cap of the exit rule');
export type DrawSpec = z.infer<typeof drawSpec>;

/** Which of the drawn trades are kept. */
export const quota = z.discriminatedUnion('kind', [
  /** The first so many, as they come. */
  z.object({ kind: z.literal('natural'), trades: within(DATASET_TRADES) }),
  /** So many of each class, from as many paths as that takes. */
  z.object({ kind: z.literal('classes'), perClass: within(DATASET_TRADES) }),
]);
export type Quota = z.infer<typeof quota>;

/** Trades drawn from one path: as they come, and where most are passed over. */
export const TRADES_A_PATH = { natural: 8, classes: 16 } as const;
/** Room for the longest exit rule and a month of entries. */
export const PATH_BARS = 1_800;
