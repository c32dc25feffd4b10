import type { Migration } from '../migrate.ts';
import { firstSchema } from './0001-first-schema.ts';
import { datasetsInBlocks } from './0002-datasets-in-blocks.ts';
import { trainingAndCourt } from './0003-training-and-court.ts';
import { journal } from './0004-journal.ts';
import { jobsInAQueue } from './0005-jobs-in-a-queue.ts';
import { scopeOfModels } from './0006-scope-of-models.ts';

/** In order; the schema's number is how many of them have run. */
export const MIGRATIONS: readonly Migration[] = [
  firstSchema,
  datasetsInBlocks,
  trainingAndCourt,
  journal,
  jobsInAQueue,
  scopeOfModels,
];
