import { CodedError, faultOf } from '../contract/errors.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { EndState, Job, NewJob } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';

export type { EndState, Job, NewJob };

/** The clock of what writes rows, where no other is given. */
export const wallClock = () => Math.floor(Date.now() / 1000) as UtcSeconds;

/** At once in this process, or later where the queue stands on another machine. */
type Later<Value> = Value | Promise<Value>;

/**
 * Where long work waits for its turn: its rows, and which of them may begin. A payload is plain data;
 * what it means is up to the kind of work (`runner.ts`).
 */
export interface JobQueue {
  /** Waits from now on; the job's number. */
  put(job: NewJob): Later<number>;
  /**
   * The oldest waiting job that may begin, or `id` alone, which runs from now on; null where none
   * may. A job waits for the one that it comes after, and for a running one of its room. One whose
   * predecessor failed or was cancelled never begins: it fails (`not-after`) or is cancelled too.
   */
  claim(id?: number): Later<Job | null>;
  /** Share done, 0 to 1. */
  progress(id: number, share: number): Later<void>;
  /** A waiting job ends at once. Throws `no-job` for one that runs: whoever runs it ends it. */
  cancel(id: number): Later<void>;
  /** It has ended as it was to; or, cancelled, with what it had or with nothing. */
  finish(id: number, state?: 'done' | 'cancelled'): Later<void>;
  /** It has ended with nothing; `why` in words. */
  fail(id: number, why: string): Later<void>;
  /** An interrupted job waits again. Throws `no-job`. */
  resume(id: number): Later<void>;
  /** An interrupted job will not go on. Throws `no-job`. */
  discard(id: number): Later<void>;
  find(id: number): Later<Job | null>;
  /** Newest first. */
  list(): Later<Job[]>;
}

/** The text of a row that failed. */
export function failureText(error: unknown): string {
  const { happened, next } = faultOf(error);
  return `${happened} ${next}`;
}

/** A row moves on by tenths: each of them is a commit on the disk. */
const ROW_STEPS = 10;

/** Keeps a share done in the row of a job, now and then. */
export function rowProgress(queue: JobQueue, id: number): (share: number) => void {
  let reached = 0;
  return (share) => {
    const step = Math.floor(share * ROW_STEPS);
    if (step > reached) void queue.progress(id, step / ROW_STEPS);
    reached = Math.max(step, reached);
  };
}

/** The queue of a data folder that this process holds open. */
export class StoreQueue implements JobQueue {
  readonly #store: Store;
  readonly #now: () => UtcSeconds;

  constructor(store: Store, now: () => UtcSeconds) {
    this.#store = store;
    this.#now = now;
  }

  put(job: NewJob): number {
    return this.#store.jobs.put(job, this.#now());
  }

  claim(id?: number): Job | null {
    const { jobs } = this.#store;
    let claimed: Job | null = null;
    // One transaction: no other claimer has the job too.
    this.#store.together(() => {
      for (const job of jobs.waiting()) {
        if (claimed || (id !== undefined && job.id !== id) || !this.#mayBegin(job)) continue;
        jobs.begin(job.id, this.#now());
        claimed = jobs.find(job.id);
      }
    });
    return claimed;
  }

  #mayBegin({ id, after, room }: Job): boolean {
    const { jobs } = this.#store;
    if (after !== null) {
      const { state, title } = jobs.find(after)!;
      if (state === 'cancelled') this.finish(id, 'cancelled');
      if (state === 'failed') this.fail(id, failureText(new CodedError('not-after', { title })));
      if (state !== 'done') return false;
    }
    return room === null || !jobs.isTaken(room);
  }

  progress(id: number, share: number): void {
    this.#store.jobs.progress(id, share);
  }

  cancel(id: number): void {
    const job = this.#store.jobs.find(id);
    if (job?.state !== 'waiting') throw new CodedError('no-job', { wish: 'cancel' });
    this.finish(id, 'cancelled');
  }

  finish(id: number, state: 'done' | 'cancelled' = 'done'): void {
    const { jobs } = this.#store;
    jobs.end(id, state, jobs.find(id)!.detail, this.#now());
  }

  fail(id: number, why: string): void {
    this.#store.jobs.end(id, 'failed', why, this.#now());
  }

  resume(id: number): void {
    this.#store.jobs.resume(id);
  }

  discard(id: number): void {
    this.#store.jobs.dismiss(id, this.#now());
  }

  find(id: number): Job | null {
    return this.#store.jobs.find(id);
  }

  list(): Job[] {
    return this.#store.jobs.list();
  }
}
