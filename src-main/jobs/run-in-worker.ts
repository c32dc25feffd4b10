import { SHARE_ENV, Worker } from 'node:worker_threads';
import { CodedError } from '../contract/errors.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { Jobs } from '../store/jobs.ts';
import { connectStore } from '../store/store.ts';
import type { Progress } from './terms.ts';
import type { JobRow, Kind, Order, WorkInput, WorkOutput } from './work.ts';
import { STOP, type WorkerMessage } from './worker-messages.ts';
import { workerUrl } from './worker-url.ts';

export interface RunOptions {
  readonly onProgress?: Progress;
  /** Ends the work at once: rejects with `cancelled`, even if it had just been finished. */
  readonly signal?: AbortSignal;
  /** Hears the id of the job's row before the work begins. */
  readonly onStart?: (id: number) => void;
  /** Hears what the work tells besides its progress. */
  readonly onNews?: (news: unknown) => void;
  /** Whether the signal asks the work to stop and keep what it has, rather than to end at once. */
  readonly asks?: boolean;
}

/** Where the job leaves its row, and what the row says. */
export interface RowPlace {
  readonly folder: string;
  readonly title: string;
  readonly detail: string;
  /** What it would take to go on after an interruption; null for work that is done in one piece. */
  readonly plan: unknown;
  /** The interrupted job that goes on; null for a new one. */
  readonly resumes: number | null;
}

/**
 * Do long work in a thread of its own, so that this one stays responsive. `transfer` are buffers of
 * the input that go over without a copy and are empty here afterwards. Rejects with the CodedError
 * that the work threw.
 */
export async function runInWorker<K extends Kind>(
  kind: K,
  input: WorkInput<K>,
  place: RowPlace | null,
  transfer: readonly ArrayBuffer[],
  { onProgress, signal, onStart, onNews, asks = false }: RunOptions,
): Promise<WorkOutput<K>> {
  if (signal?.aborted) throw new CodedError('cancelled');
  const row = place && openRow(kind, place);
  if (row) onStart?.(row.id);
  const order: Order = { kind, input, row };
  const worker = new Worker(workerUrl('worker'), {
    workerData: order,
    transferList: [...transfer],
    // A native library reads the environment of the process, not the copy that a thread is given.
    env: SHARE_ENV,
  });

  const { promise, resolve, reject } = Promise.withResolvers<WorkOutput<K>>();
  worker.on('message', (message: WorkerMessage) => {
    if ('done' in message) onProgress?.(message.done, message.total);
    else if ('news' in message) onNews?.(message.news);
    else if ('output' in message) resolve(message.output as WorkOutput<K>);
    else reject(new CodedError(message.fault.code, message.fault.details));
  });
  worker.on('error', reject);
  const exited = Promise.withResolvers<void>();
  worker.on('exit', () => {
    // After the last message this changes nothing.
    reject(new CodedError('internal', { problem: 'a worker ended early' }));
    exited.resolve();
  });
  const cancel = () => {
    if (asks && !isLeaving(signal)) return worker.postMessage(STOP);
    reject(new CodedError('cancelled'));
    void worker.terminate();
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', cancel);
    // To end a thread that is ending by itself can bring the whole process down.
    await exited.promise;
    // A worker that ended by itself has closed its row; this closes that of one that could not.
    if (row && !isLeaving(signal)) {
      const state = signal?.aborted ? 'cancelled' : 'failed';
      withJobs(row.folder, (jobs) => jobs.end(row.id, state, row.detail, now()));
    }
  }
}

/** An app that closes leaves its row running: the next one to open the folder calls it interrupted. */
const isLeaving = (signal: AbortSignal | undefined) =>
  signal?.reason instanceof CodedError && signal.reason.code === 'app-gone';

function openRow(kind: Kind, place: RowPlace): JobRow {
  const { folder, title, detail, plan, resumes } = place;
  return withJobs(folder, (jobs) => {
    if (resumes === null)
      return { folder, detail, id: jobs.start({ kind, title, detail, plan }, now()) };
    jobs.resume(resumes);
    return { folder, detail, id: resumes };
  });
}

const now = () => Math.floor(Date.now() / 1000) as UtcSeconds;

function withJobs<Result>(folder: string, use: (jobs: Jobs) => Result): Result {
  const store = connectStore(folder);
  try {
    return use(store.jobs);
  } finally {
    store.close();
  }
}
