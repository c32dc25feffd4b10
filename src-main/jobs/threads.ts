import { Worker } from 'node:worker_threads';
import { workerUrl } from './worker-url.ts';

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
