import { CodedError } from '../../contract/errors.ts';
import type { Publish } from '../../contract/events.ts';
import type { TrainingPlan, TrainingRun } from '../../contract/training.ts';
import type { Store } from '../../store/store.ts';
import type { KeptRun } from '../../store/training-runs.ts';
import { newRun } from '../../jobs/run-record.ts';
import type { JobBoard } from '../jobs/jobs.ts';
import { keepRefusal, requireFreeName, trainingJob, trainOnDataset } from './train.ts';

/** Runs of training: those that ended, and the one under way. */
export class TrainingRoom {
  readonly #store: Store;
  readonly #jobs: JobBoard;
  readonly #publish: Publish;
  /** What is under way, from the first moment on. */
  #plan: TrainingPlan | null = null;
  /** What begins when that is over, in turn. */
  readonly #next: TrainingPlan[] = [];
  /** The same as it was last told. */
  #running: TrainingRun | null = null;

  constructor(store: Store, jobs: JobBoard, publish: Publish) {
    this.#store = store;
    this.#jobs = jobs;
    this.#publish = publish;
  }

  /** Throws `training-busy`, `name-taken` and what reading the dataset throws. */
  start(plan: TrainingPlan): Promise<TrainingRun> {
    requireFreeName(this.#store, plan.name);
    return this.#start(plan, null);
  }

  /** Starts as soon as no other run is under way. What cannot start is kept as a run that failed. */
  async startNext(plan: TrainingPlan): Promise<void> {
    if (this.#plan) {
      this.#next.push(plan);
      return;
    }
    try {
      await this.start(plan);
    } catch (error) {
      const job = keepRefusal(this.#store, plan, error);
      this.#jobs.tell(job);
      this.#publish('training.changed', this.#find(job)!);
    }
  }

  /** Goes on with an interrupted run after its last whole epoch. Throws `no-job`. */
  resume(job: number): Promise<TrainingRun> {
    const row = this.#store.jobs.find(job);
    const known = trainingJob.safeParse(row?.plan);
    if (row?.state !== 'interrupted' || !known.success) {
      throw new CodedError('no-job', { wish: 'resume' });
    }
    return this.#start(known.data.training, job);
  }

  /** Forgets what it would take to go on, where the job is a run of training. */
  discard(job: number): void {
    const run = this.#store.trainingRuns.find(job);
    if (run) this.#store.trainingRuns.keep({ ...run, phase: 'ended' }, null);
  }

  /** Newest first. */
  list(): TrainingRun[] {
    const kept = this.#store.trainingRuns.list().map((run) => this.#whole(run));
    const running = this.#running;
    return !running || kept.some(({ job }) => job === running.job) ? kept : [running, ...kept];
  }

  async #start(plan: TrainingPlan, resumes: number | null): Promise<TrainingRun> {
    if (this.#plan) throw new CodedError('training-busy', { name: this.#plan.name });
    this.#plan = plan;
    try {
      const { id } = await this.#jobs.start(
        (run) =>
          trainOnDataset(
            this.#store,
            plan,
            { ...run, onNews: (news) => this.#hear(news as TrainingRun) },
            resumes,
          ),
        (job) => this.#ended(job),
      );
      // A run may be over before its start is told.
      if (this.#plan === plan) this.#running ??= newRun(id, plan);
      return this.#running ?? this.#find(id) ?? newRun(id, plan);
    } catch (error) {
      this.#plan = null;
      throw error;
    }
  }

  #hear(run: TrainingRun): void {
    this.#running = run;
    this.#publish('training.changed', run);
  }

  #ended(job: number): void {
    this.#running = null;
    this.#plan = null;
    const next = this.#next.shift();
    if (next) void this.startNext(next);
    const run = this.#find(job);
    if (!run) return;
    this.#publish('training.changed', run);
    if (run.model) this.#publish('models.changed', {});
    if (run.evaluation) this.#publish('evaluations.changed', { id: run.evaluation, job });
  }

  #find(job: number): TrainingRun | null {
    const kept = this.#store.trainingRuns.find(job);
    return kept && this.#whole(kept);
  }

  #whole(kept: KeptRun): TrainingRun {
    if (this.#running?.job === kept.job) return this.#running;
    const { state } = this.#store.jobs.find(kept.job)!;
    return { ...kept, state, progress: 0, live: null };
  }
}
