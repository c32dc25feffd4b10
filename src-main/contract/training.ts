import { BATCH, EPOCHS, LEARNING_RATE, PATIENCE, SEED, WEIGHT_DECAY } from '../domain/limits.ts';
import { z } from 'zod';
import type { TrainingConfig } from '../domain/models/kind.ts';
import { jobState } from './jobs.ts';
import { modelKind } from './models.ts';
import type { Assert, Same } from './same-type.ts';
import { span } from './series.ts';
import { name, within } from './units.ts';

export type { TrainingConfig };

/** How long and how thoroughly a model is trained; the numbers of each stand in `PRESETS`. */
export const trainingPreset = z.enum(['quick', 'standard', 'thorough']);
export type TrainingPreset = z.infer<typeof trainingPreset>;

/** What can be changed of a preset. */
export const trainingConfig = z.object({
  epochs: within(EPOCHS),
  batch: within(BATCH),
  /** The highest of the cycle. */
  learningRate: within(LEARNING_RATE),
  weightDecay: within(WEIGHT_DECAY),
  /** Epochs without a better validation loss after which the run ends early. */
  patience: within(PATIENCE),
});
export type TrainingConfigSchemaIsWhole = Assert<
  Same<Readonly<z.output<typeof trainingConfig>>, TrainingConfig>
>;

export const trainingPlan = z.object({
  kind: modelKind,
  dataset: z.string(),
  /** Of the model that comes of it. */
  name,
  seed: within(SEED),
  config: trainingConfig,
  /** Real bars that no training trade saw, to judge champion and challenger on; null for none. */
  trial: span.nullable(),
});
export type TrainingPlan = z.infer<typeof trainingPlan>;

export const trainingEpoch = z.object({
  /** From 1. */
  epoch: z.number().int(),
  /** Over the task's own draws; comparable from epoch to epoch, not with the validation loss. */
  trainingLoss: z.number(),
  validationLoss: z.number(),
  /** At its last step. */
  learningRate: z.number(),
  seconds: z.number(),
  /** Whether it was the best so far. */
  best: z.boolean(),
});
export type TrainingEpoch = z.infer<typeof trainingEpoch>;

/** A run of training, as it stands or as it ended. */
export const trainingRun = z.object({
  job: z.number().int(),
  plan: trainingPlan,
  state: jobState,
  /** What a running one is at. */
  phase: z.enum(['reading', 'training', 'judging', 'ended']),
  /** Share of that phase. */
  progress: z.number(),
  backend: z.enum(['wasm', 'native']).nullable(),
  /** Trades on either side; null until they are read. */
  trades: z.object({ training: z.number().int(), validation: z.number().int() }).nullable(),
  /** Validation losses of what must be beaten, by name. */
  baselineLosses: z.record(z.string(), z.number()),
  /** Learning rate at 101 equally spaced steps of the whole run. */
  schedule: z.array(z.number()),
  epochs: z.array(trainingEpoch),
  /** Of the epoch under way; null before the first step and after the last. */
  live: z
    .object({
      /** Share of all steps of the run that are done. */
      done: z.number(),
      trainingLoss: z.number(),
      learningRate: z.number(),
      samplesPerSecond: z.number(),
      secondsLeft: z.number(),
    })
    .nullable(),
  /** Name of the model that was kept: after the last epoch, or the best one before a cancel. */
  model: z.string().nullable(),
  /** The evaluation that holds champion and challenger side by side. */
  evaluation: z.number().int().nullable(),
  /** Why it failed, and what to do. */
  failure: z.string().nullable(),
});
export type TrainingRun = z.infer<typeof trainingRun>;
