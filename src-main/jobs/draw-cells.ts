import { Worker } from 'node:worker_threads';
import { CodedError } from '../contract/errors.ts';
import type { CellMessage, CellOrder, DrawnCell } from './cell-worker.ts';
import { workerUrl } from './worker-url.ts';

/**
 * A path is drawn, read and let go within a millisecond: with little room for the young, a thread
 * keeps half the memory and loses no time.
 */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 16 };

/**
 * Draws cells on `threads` threads; `onCell` has each as it comes, in no certain order. Rejects with
 * what the first thread that fails throws, or `onCell`; the others then end.
 */
export async function drawCells(
  order: Omit<CellOrder, 'next'>,
  threads: number,
  onCell: (cell: DrawnCell) => void,
): Promise<void> {
  const workerData: CellOrder = { ...order, next: new Int32Array(new SharedArrayBuffer(4)) };
  const workers = Array.from(
    { length: Math.min(threads, order.cells.length) },
    () => new Worker(workerUrl('cell-worker'), { workerData, resourceLimits: RESOURCE_LIMITS }),
  );
  const ends = workers.map((worker) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    worker.on('message', (message: CellMessage) => {
      try {
        if ('fault' in message) throw new CodedError(message.fault.code, message.fault.details);
        onCell(message);
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
