import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CodedError, type Fault } from '../contract/errors.ts';

/** What the worker tells the thread that started it; the last message is the output or the fault. */
export type WorkerMessage =
  | { readonly done: number; readonly total: number }
  | { readonly news: unknown }
  | { readonly output: unknown }
  | { readonly fault: Fault };

/** The only message to a worker: to stop where it may keep what it has. */
export const STOP = 'stop';

/**
 * A worker's entry: the file of that name beside this one, or in out/main once it is built, wherever
 * in out/main the bundle put this code.
 */
export function workerUrl(name: 'worker' | 'cell-worker' | 'example-worker'): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL(`${name}.ts`, here);
  const built = '/out/main/';
  return new URL(`${name}.js`, here.slice(0, here.lastIndexOf(built) + built.length));
}

/** An app that closes leaves its jobs running: the next one to open the folder calls them interrupted. */
export const isLeaving = (signal: AbortSignal | undefined): boolean =>
  signal?.reason instanceof CodedError && signal.reason.code === 'app-gone';

/**
 * A path is drawn, read and let go within a millisecond: with little room for the young, a thread
 * keeps half the memory and loses no time.
 */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 16 };

/**
 * Runs `count` threads of one entry on the same order until all have ended; `onMessage` hears them in
 * no certain order. Rejects with what `onMessage` throws or the first thread that fails; the others
 * then end.
 */
export async function runThreads<Message>(
  entry: 'cell-worker' | 'example-worker',
  workerData: object,
  count: number,
  onMessage: (message: Message) => void,
): Promise<void> {
  const workers = Array.from(
    { length: count },
    () => new Worker(workerUrl(entry), { workerData, resourceLimits: RESOURCE_LIMITS }),
  );
  const ends = workers.map((worker) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    worker.on('message', (message: Message) => {
      try {
        onMessage(message);
      } catch (error) {
        reject(error);
      }
    });
    worker.on('error', reject);
    worker.on('exit', () => resolve());
    return promise;
  });
  try {
    await Promise.all(ends);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/**
 * The machine's threads, shared by the jobs that run. The first gets all; one that begins beside it
 * gets what is left, and at least one: a job that runs cannot give any back.
 */
export class ThreadBudget {
  #free: number;

  constructor(threads = availableParallelism()) {
    this.#free = threads;
  }

  /** Gives threads for as long as `work` lasts. */
  async lend<Result>(work: (threads: number) => Promise<Result>): Promise<Result> {
    const threads = Math.max(1, this.#free);
    this.#free -= threads;
    try {
      return await work(threads);
    } finally {
      this.#free += threads;
    }
  }
}
