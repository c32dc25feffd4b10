import { z } from 'zod';
import { exitRule } from '../contract/schemas.ts';
import { candlesNeeded } from '../domain/features.ts';
import type { ExitRule } from '../domain/exit-rule.ts';
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

/** What a dataset of synthetic trades is made of. */
export const datasetSpec = z
  .object({
    name: z.string().trim().min(1).max(80),
    seed: z.number().int().nonnegative(),
    trades: z.number().int().min(1).max(10_000_000),
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
  })
  .refine((spec) => {
    const { first, last } = entryBars(spec);
    return last - first >= FEWEST_ENTRY_BARS;
  }, 'the paths are too short for the warm-up and the cap of the exit rule');
export type DatasetSpec = z.infer<typeof datasetSpec>;

export const TRADES_A_PATH = 8;
/** Room for the longest exit rule and a month of entries. */
export const PATH_BARS = 1_800;
