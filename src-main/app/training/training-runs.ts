import { newRun } from '../../jobs/run-record.ts';
import type { Publish } from '../../contract/events.ts';
import type { TrainingRun } from '../../contract/training.ts';
import type { JobKind } from '../../jobs/runner.ts';
import type { Trained } from '../../jobs/work/train-model.ts';
import type { Store } from '../../store/store.ts';
import type { KeptRun } from '../../store/training-runs.ts';
import { trainingJob, type TrainingJob } from './train.ts';

/** Runs of training as they stand: those that are kept, and what only the running one tells. */
export class TrainingRuns {
  readonly #store: Store;
  readonly #publish: Publish;
  /** The one under way as it was last told. */
  #running: TrainingRun | null = null;

  constructor(store: Store, publish: Publish) {
    this.#store = store;
    this.#publish = publish;
  }

  /** Newest first: with those that wait, and those that an app left before their first epoch. */
  list(): TrainingRun[] {
    const kept = new Map(this.#store.trainingRuns.list().map((run) => [run.job, this.#whole(run)]));
    const running = this.#running;
    if (running && !kept.has(running.job)) kept.set(running.job, running);
    for (const { id, kind, state, plan } of this.#store.jobs.list()) {
      if (kind !== 'train-model' || kept.has(id)) continue;
      const job = trainingJob.safeParse(plan).data;
      const isOpen = state === 'waiting' || state === 'interrupted';
      if (job && isOpen) kept.set(id, { ...newRun(id, job.training), state });
    }
    return [...kept.values()].sort((a, b) => b.job - a.job);
  }

  /** The run of a job that has begun. */
  of(job: number, { training }: TrainingJob): TrainingRun {
    const kept = this.#store.trainingRuns.find(job);
    return kept ? this.#whole(kept) : newRun(job, training);
  }

  readonly hooks: Pick<JobKind<TrainingJob, Trained>, 'news' | 'ended'> = {
    news: (news) => {
      this.#running = news as TrainingRun;
      this.#publish('training.changed', this.#running);
    },
    ended: (job) => {
      this.#running = null;
      const kept = this.#store.trainingRuns.find(job);
      if (!kept) return;
      const run = this.#whole(kept);
      this.#publish('training.changed', run);
      if (run.model) this.#publish('models.changed', {});
      if (run.evaluation) this.#publish('evaluations.changed', { id: run.evaluation, job });
    },
  };

  #whole(kept: KeptRun): TrainingRun {
    if (this.#running?.job === kept.job) return this.#running;
    const { state } = this.#store.jobs.find(kept.job)!;
    return { ...kept, state, progress: 0, live: null };
  }
}
