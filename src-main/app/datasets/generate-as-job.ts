import { generate, type generationJob, isGenerated } from './generate.ts';
import type { z } from 'zod';
import type { Publish } from '../../contract/events.ts';
import type { JobInfo } from '../../contract/jobs.ts';
import type { Store } from '../../store/store.ts';
import type { JobBoard } from '../jobs/jobs.ts';
import type { TrainingRoom } from '../training/training-room.ts';

export type GenerateAsJob = (job: z.infer<typeof generationJob>) => Promise<JobInfo>;

/** Generates as a job of the app; the training that was asked for begins when it is done. */
export const generatingIn =
  (store: Store, jobs: JobBoard, training: TrainingRoom, publish: Publish): GenerateAsJob =>
  async ({ plan, ...options }) => {
    const { training: then } = options;
    // The datasets exist: train on them directly.
    if (then && isGenerated(store, plan)) return jobs.find((await training.start(then)).job);
    return jobs.start(
      (run) => generate(store, plan, { ...options, run }),
      (id) => {
        publish('datasets.changed', {});
        if (then && jobs.find(id).state === 'done') void training.startNext(then);
      },
    );
  };
