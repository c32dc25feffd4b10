import { z } from 'zod';
import { CodedError } from '../../contract/errors.ts';
import type { Publish } from '../../contract/events.ts';
import type { JobInfo } from '../../contract/jobs.ts';
import type { RunOptions } from '../../jobs/run-in-worker.ts';
import type { Job } from '../../store/jobs.ts';
import type { Store } from '../../store/store.ts';
import { generationJob } from '../datasets/generate.ts';
import { trainingJob } from '../training/train.ts';

/** Windows hear of progress at most this often. */
const TELL_EVERY_MS = 250;
/** Units of work by kind of job, as their rate is read. */
const UNITS: Readonly<Record<string, string>> = {
  'generate-datasets': 'trades',
  'judge-models': 'trades',
};

interface Running {
  readonly ended: Promise<unknown>;
  readonly controller: AbortController;
  readonly began: number;
  first: number | null;
  done: number;
  total: number;
  told: number;
}

/** The long work of this app: its rows in the store, and what only the running ones know. */
export class JobBoard {
  readonly #store: Store;
  readonly #publish: Publish;
  readonly #running = new Map<number, Running>();

  constructor(store: Store, publish: Publish) {
    this.#store = store;
    this.#publish = publish;
  }

  /** Newest first. */
  list(): JobInfo[] {
    return this.#store.jobs.list().map((job) => this.#infoOf(job));
  }

  /**
   * Starts work that leaves a row and returns once that row is there; rejects with what the work
   * throws before. `onEnd` hears of every end, before the windows do.
   */
  async start(
    work: (options: RunOptions) => Promise<unknown>,
    onEnd: (id: number) => void,
  ): Promise<JobInfo> {
    const controller = new AbortController();
    const started = Promise.withResolvers<number>();
    const ended = work({
      signal: controller.signal,
      onStart: (id) => {
        const began = performance.now();
        const state = { ended: Promise.resolve(), controller, began, told: 0 };
        this.#running.set(id, { ...state, first: null, done: 0, total: 0 });
        started.resolve(id);
      },
      onProgress: (done, total) => void started.promise.then((id) => this.#move(id, done, total)),
    });
    // After the start these change nothing.
    ended.then(() => started.reject(new CodedError('bad-argument', NOTHING_TO_DO)), started.reject);
    const id = await started.promise;
    const settled = ended.then(
      () => {},
      () => {},
    );
    this.#running.set(id, { ...this.#running.get(id)!, ended: settled });
    void settled.then(() => {
      this.#running.delete(id);
      // The store is about to close.
      if (isLeaving(controller.signal)) return;
      onEnd(id);
      this.tell(id);
    });
    this.tell(id);
    return this.find(id);
  }

  /** Throws `no-job` where it does not run. */
  cancel(id: number): void {
    const running = this.#running.get(id);
    if (!running) throw new CodedError('no-job', { wish: 'cancel' });
    running.controller.abort(new CodedError('cancelled'));
  }

  /** Stops all work, for another start to go on with. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    running.forEach(({ controller }) => controller.abort(new CodedError('app-gone')));
    await Promise.all(running.map(({ ended }) => ended));
  }

  /** Tells every window of a job. */
  tell(id: number): void {
    this.#publish('jobs.changed', this.find(id));
  }

  #move(id: number, done: number, total: number): void {
    const running = this.#running.get(id);
    if (!running) return;
    running.first ??= done;
    running.done = done;
    running.total = total;
    const time = performance.now();
    if (time - running.told < TELL_EVERY_MS) return;
    running.told = time;
    this.tell(id);
  }

  /** A job of the store. */
  find(id: number): JobInfo {
    return this.#infoOf(this.#store.jobs.find(id)!);
  }

  #infoOf({ plan, ...job }: Job): JobInfo {
    const running = this.#running.get(job.id);
    const pace = running ? paceOf(running) : { rate: null, secondsLeft: null };
    return {
      ...job,
      ...pace,
      progress: running && running.total > 0 ? running.done / running.total : job.progress,
      unit: UNITS[job.kind] ?? '',
      resumable: job.state === 'interrupted' && RESUMABLE.safeParse(plan).success,
    };
  }
}

/** Plans of interrupted jobs that can go on. */
const RESUMABLE = z.union([generationJob, trainingJob]);
const NOTHING_TO_DO = { problem: 'What this would make is there already' };

const isLeaving = ({ reason }: AbortSignal) =>
  reason instanceof CodedError && reason.code === 'app-gone';

/** Rate since this start of it, so that what an earlier one did does not flatter it. */
function paceOf({ began, first, done, total }: Running) {
  const rate = (done - (first ?? 0)) / ((performance.now() - began) / 1000);
  return rate > 0
    ? { rate, secondsLeft: (total - done) / rate }
    : { rate: null, secondsLeft: null };
}
