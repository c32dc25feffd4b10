import { z } from 'zod';
import { utcSeconds } from './units.ts';

/** A job waits for its turn, runs, and ends; one whose app is gone is interrupted. */
export const jobState = z.enum([
  'waiting',
  'running',
  'done',
  'failed',
  'cancelled',
  'interrupted',
]);
export type JobState = z.infer<typeof jobState>;

export const jobInfo = z.object({
  id: z.number().int(),
  /** What it does, in words: "Generate 300,000 trades, cross 32/128, seed 1". */
  title: z.string(),
  kind: z.string(),
  state: jobState,
  /** Share done, 0 to 1. */
  progress: z.number(),
  started: utcSeconds,
  ended: utcSeconds.nullable(),
  /** Why it failed; what it works on otherwise. */
  detail: z.string(),
  /** What a waiting one waits for, in words; empty for the others. */
  waitsFor: z.string(),
  /** Whether an interrupted one can go on where it stopped. */
  resumable: z.boolean(),
  /** While it runs: units a second, their name ("trades"), and seconds left; null before it is known. */
  rate: z.number().nullable(),
  unit: z.string(),
  secondsLeft: z.number().nullable(),
});
export type JobInfo = z.infer<typeof jobInfo>;
