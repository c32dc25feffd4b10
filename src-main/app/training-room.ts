import { CodedError } from '../contract/errors.ts';
import type { Publish } from '../contract/events.ts';
import type { TrainingPlan, TrainingRun } from '../contract/training.ts';
import type { Store } from '../store/store.ts';
import type { JobBoard } from './jobs.ts';

/** Runs of training: those that ended, and the one under way. */
export class TrainingRoom {
  constructor(_store: Store, _jobs: JobBoard, _publish: Publish) {}

  start(_plan: TrainingPlan): Promise<TrainingRun> {
    return Promise.reject(new CodedError('internal', { problem: 'not built yet' }));
  }

  list(): TrainingRun[] {
    return [];
  }
}
