import { SHARE_ENV, Worker } from 'node:worker_threads';
import { CodedError } from '../contract/errors.ts';
import { isLeaving, STOP, workerUrl, type WorkerMessage } from './threads.ts';
import type { RowPlace, RunOptions } from './terms.ts';
import type { Order, WorkInput, WorkKind, WorkOutput } from './work.ts';

/**
 * Does long work in a thread of its own, so that this one stays responsive. `transfer` are buffers of
 * the input that go over without a copy and are empty here afterwards. The signal ends it at once; or,
 * where it `asks`, the work is asked to stop and keep what it has. Rejects with the CodedError that the
 * work threw.
 */
export async function runInWorker<K extends WorkKind>(
  kind: K,
  input: WorkInput<K>,
  {
    onProgress,
    signal,
    onNews,
    row = null,
    asks = false,
    transfer = [],
  }: RunOptions & {
    readonly row?: RowPlace | null;
    readonly asks?: boolean;
    readonly transfer?: readonly ArrayBuffer[];
  },
): Promise<WorkOutput<K>> {
  if (signal?.aborted) throw new CodedError('cancelled');
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
  }
}
