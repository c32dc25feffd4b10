import { CodedError, faultOf } from '../contract/errors.ts';
import type { z } from 'zod';
import type { JobInfo } from '../contract/jobs.ts';
import { failureText, type Job, type JobQueue } from './queue.ts';
import { isLeaving, ThreadBudget } from './threads.ts';
import type { Refusable, RunOptions } from './terms.ts';

/** What a kind of work is given beside its plan. */
export interface JobContext extends RunOptions {
  /** Number of the job's row. */
  readonly job: number;
  /** Threads that it may use. */
  readonly threads: number;
}

/** A kind of long work: what its row keeps, and how it is done. */
export interface JobKind<Plan, Output extends Refusable> {
  readonly name: string;
  /** What it counts in while it runs, as its rate is read; empty for none. */
  readonly unit: string;
  /** Jobs of one room run one at a time. */
  readonly room: string | null;
  /** What a row keeps, so that it can begin later or go on: data, never code. */
  readonly plan: z.ZodType<Plan>;
  /** Whether an interrupted one goes on where it stopped. */
  readonly resumable: boolean;
  /** What it does, and what it works on, in words. */
  title(plan: Plan): string;
  detail(plan: Plan): string;
  /** Throws what makes it impossible, before it has a row, or before the row `resumes` goes on. */
  check(plan: Plan, resumes: number | null): void;
  run(plan: Plan, context: JobContext): Promise<Output>;
  /** Forgets what an interrupted one had done. */
  discard?(job: number, plan: Plan): void;
  /** Hears what the work tells besides its progress. */
  news?(news: unknown): void;
  /** After every end: windows hear what has changed. */
  ended?(job: number, plan: Plan, output: Output | null, error: unknown): void;
}

/** Any kind; each reads its own plans. */
// The plan of a kind is known where the kind is: a table of kinds has none in common.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyKind = JobKind<any, any>;

const planOf = (kind: AnyKind, { plan }: Pick<Job, 'plan'>): unknown => {
  const parsed = kind.plan.safeParse(plan);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new CodedError('unknown-work', {
    problem: `${[kind.name, ...path].join('.')}: ${message}`,
  });
};

/**
 * Puts a job and does it at once, whatever else waits: of a command that has the folder to itself.
 * `resumes`: the interrupted job that goes on. Throws what the work throws, and `cancelled`.
 */
export async function runJob<Plan, Output extends Refusable>(
  queue: JobQueue,
  kind: JobKind<Plan, Output>,
  plan: Plan,
  {
    resumes = null,
    threads,
    ...options
  }: RunOptions & { resumes?: number | null; threads?: number },
): Promise<Output> {
  if (options.signal?.aborted) throw new CodedError('cancelled');
  kind.check(plan, resumes);
  if (resumes !== null) await queue.resume(resumes);
  const id = resumes ?? (await queue.put(rowOf(kind, plan, null)));
  if (!(await queue.claim(id))) throw new CodedError('no-job', { wish: 'begin' });
  const run = (threads: number) => workOn(queue, kind, plan, { ...options, job: id, threads });
  return threads === undefined ? new ThreadBudget().lend(run) : run(threads);
}

const rowOf = <Plan, Output extends Refusable>(
  kind: JobKind<Plan, Output>,
  plan: Plan,
  after: number | null,
) => ({
  kind: kind.name,
  title: kind.title(plan),
  detail: kind.detail(plan),
  plan,
  room: kind.room,
  after,
});

/** Does a job that was claimed, and ends its row where the work could not. */
async function workOn<Plan, Output extends Refusable>(
  queue: JobQueue,
  kind: JobKind<Plan, Output>,
  plan: Plan,
  context: JobContext,
): Promise<Output> {
  const { job, signal } = context;
  context.onStart?.(job);
  try {
    const output = await kind.run(plan, context);
    if (output.refused) await queue.fail(job, output.refused);
    else await queue.finish(job, output.cancelled ? 'cancelled' : 'done');
    return output;
  } catch (error) {
    if (!isLeaving(signal)) {
      if (signal?.aborted || faultOf(error).code === 'cancelled')
        await queue.finish(job, 'cancelled');
      else await queue.fail(job, failureText(error));
    }
    throw error;
  }
}

/** Windows hear of progress at most this often. */
const TELL_EVERY_MS = 250;

/** What only a running job knows. */
interface Running {
  readonly controller: AbortController;
  /** Settles when it has ended and everyone has heard. */
  readonly ended: Promise<void>;
  readonly began: number;
  first: number | null;
  done: number;
  total: number;
  told: number;
}

/** Does the jobs of a queue: each as soon as it may begin. */
export class JobRunner {
  readonly #queue: JobQueue;
  readonly #kinds: ReadonlyMap<string, AnyKind>;
  readonly #publish: (info: JobInfo) => void;
  readonly #budget = new ThreadBudget();
  readonly #running = new Map<number, Running>();
  /** Jobs that waited when this last looked. */
  readonly #waiting = new Set<number>();
  #isClosing = false;

  /** `publish` hears of every change of a job. */
  constructor(queue: JobQueue, kinds: readonly AnyKind[], publish: (info: JobInfo) => void) {
    this.#queue = queue;
    this.#kinds = new Map(kinds.map((kind) => [kind.name, kind]));
    this.#publish = publish;
  }

  /** Newest first. */
  async list(): Promise<JobInfo[]> {
    const all = await this.#queue.list();
    return all.map((job) => this.#infoOf(job, all));
  }

  /** Puts a job, which begins as soon as it may. Throws what its kind's `check` throws. */
  async put<Plan, Output extends Refusable>(
    kind: JobKind<Plan, Output>,
    plan: Plan,
    after: number | null = null,
  ): Promise<JobInfo> {
    if (after === null) kind.check(plan, null);
    const id = await this.#queue.put(rowOf(kind, plan, after));
    await this.begin();
    await this.tell(id);
    return this.find(id);
  }

  /** An interrupted job goes on. Throws `no-job`, `unknown-work`. */
  async resume(id: number): Promise<JobInfo> {
    const job = await this.#queue.find(id);
    if (job?.state !== 'interrupted' || !this.#canGoOn(job)) {
      throw new CodedError('no-job', { wish: 'resume' });
    }
    this.#kinds.get(job.kind)!.check(job.plan, id);
    await this.#queue.resume(id);
    await this.begin();
    await this.tell(id);
    return this.find(id);
  }

  /** Throws `no-job` where it neither waits nor runs. */
  async cancel(id: number): Promise<void> {
    const running = this.#running.get(id);
    if (running) return running.controller.abort(new CodedError('cancelled'));
    await this.#queue.cancel(id);
    await this.tell(id);
    await this.begin();
  }

  /** An interrupted job will not go on, and what it had done is forgotten. Throws `no-job`. */
  async discard(id: number): Promise<void> {
    const job = await this.#queue.find(id);
    if (job?.state !== 'interrupted') throw new CodedError('no-job', { wish: 'discard' });
    // Should the app go between these two, the job can still be resumed or discarded.
    if (this.#canGoOn(job)) this.#kinds.get(job.kind)!.discard?.(id, job.plan);
    await this.#queue.discard(id);
    await this.tell(id);
    await this.begin();
  }

  /** Stops all work, for another start to go on with. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const running = [...this.#running.values()];
    running.forEach(({ controller }) => controller.abort(new CodedError('app-gone')));
    await Promise.all(running.map(({ ended }) => ended));
  }

  /** Throws `no-job`. */
  async find(id: number): Promise<JobInfo> {
    const job = await this.#queue.find(id);
    if (!job) throw new CodedError('no-job', { wish: 'show' });
    return this.#infoOf(job, job.state === 'waiting' ? await this.#queue.list() : []);
  }

  /** Tells every window of a job. */
  async tell(id: number): Promise<void> {
    this.#publish(await this.find(id));
  }

  /** Begins what may begin: when the app opens, and whenever a job was put or has ended. */
  async begin(): Promise<void> {
    while (!this.#isClosing) {
      const job = await this.#queue.claim();
      if (!job) break;
      this.#run(job);
    }
    // A job that never begins has ended by that.
    for (const { id, state } of await this.#queue.list()) {
      if (this.#waiting.has(id) && state !== 'waiting') {
        this.#waiting.delete(id);
        if (state !== 'running') await this.tell(id);
      } else if (state === 'waiting') this.#waiting.add(id);
    }
  }

  #run(job: Job): void {
    const { id } = job;
    const controller = new AbortController();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const began = performance.now();
    this.#running.set(id, { controller, ended, began, first: null, done: 0, total: 0, told: 0 });
    void this.#carryOut(job, controller.signal).finally(resolve);
  }

  async #carryOut(job: Job, signal: AbortSignal): Promise<void> {
    const { id } = job;
    const kind = this.#kinds.get(job.kind);
    let plan: unknown;
    let output: Refusable | null = null;
    let failure: unknown = null;
    try {
      if (!kind) throw new CodedError('unknown-work', { problem: job.kind });
      plan = planOf(kind, job);
      output = await this.#budget.lend((threads) =>
        workOn(this.#queue, kind, plan, {
          job: id,
          threads,
          signal,
          onProgress: (done, total) => this.#move(id, done, total),
          onNews: (news) => kind.news?.(news),
        }),
      );
    } catch (error) {
      failure = error;
      if (plan === undefined) await this.#queue.fail(id, failureText(error));
    }
    this.#running.delete(id);
    // The store is about to close.
    if (isLeaving(signal)) return;
    if (plan !== undefined) kind!.ended?.(id, plan, output, failure);
    await this.tell(id);
    await this.begin();
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
    void this.tell(id);
  }

  #canGoOn({ kind: name, plan }: Job): boolean {
    const kind = this.#kinds.get(name);
    return kind !== undefined && kind.resumable && kind.plan.safeParse(plan).success;
  }

  #infoOf({ plan, room, after, ...job }: Job, all: readonly Job[]): JobInfo {
    const running = this.#running.get(job.id);
    const pace = running ? paceOf(running) : { rate: null, secondsLeft: null };
    return {
      ...job,
      ...pace,
      progress: running && running.total > 0 ? running.done / running.total : job.progress,
      unit: this.#kinds.get(job.kind)?.unit ?? '',
      waitsFor: job.state === 'waiting' ? waitsFor({ room, after }, all) : '',
      resumable: job.state === 'interrupted' && this.#canGoOn({ plan, room, after, ...job }),
    };
  }
}

/** The job that a waiting one waits for, in words. */
function waitsFor({ room, after }: Pick<Job, 'room' | 'after'>, all: readonly Job[]): string {
  const earlier = all.find(({ id, state }) => id === after && state !== 'done');
  const taken = all.find((other) => other.room === room && other.state === 'running');
  return (earlier ?? taken)?.title ?? '';
}

/** Rate since this start of it, so that what an earlier one did does not flatter it. */
function paceOf({ began, first, done, total }: Running) {
  const rate = (done - (first ?? 0)) / ((performance.now() - began) / 1000);
  return rate > 0
    ? { rate, secondsLeft: (total - done) / rate }
    : { rate: null, secondsLeft: null };
}
