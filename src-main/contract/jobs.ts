import { utcSeconds } from './units.ts';
import { z } from 'zod';

export const jobInfo = z.object({
  id: z.number().int(),
  /** What it does, in words: "Generate 300,000 trades, cross 32/128, seed 1". */
  title: z.string(),
  kind: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  /** Share done, 0 to 1. */
  progress: z.number(),
  started: utcSeconds,
  ended: utcSeconds.nullable(),
  /** Why it failed; what it works on otherwise. */
  detail: z.string(),
  /** Whether an interrupted one can go on where it stopped. */
  resumable: z.boolean(),
  /** While it runs: units a second, their name ("trades"), and seconds left; null before it is known. */
  rate: z.number().nullable(),
  unit: z.string(),
  secondsLeft: z.number().nullable(),
});
export type JobInfo = z.infer<typeof jobInfo>;
