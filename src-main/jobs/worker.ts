import { parentPort, workerData } from 'node:worker_threads';
import { faultOf } from '../contract/errors.ts';
import { connectStore } from '../store/store.ts';
import { failureText, rowProgress, StoreQueue, wallClock } from './queue.ts';
import { STOP, type WorkerMessage } from './threads.ts';
import { WORK, type Order } from './work.ts';
import type { Progress, Refusable, WorkContext } from './terms.ts';

type Work = (
  input: never,
  onProgress: Progress,
  context: WorkContext,
) => Refusable | Promise<Refusable>;

const post = (message: WorkerMessage) => parentPort!.postMessage(message);

post(await carryOut(workerData as Order));

/**
 * Does the work of an order and ends its row as near to the work as can be; what this thread cannot
 * write down, the one that started it does.
 */
async function carryOut({ kind, input, row }: Order): Promise<WorkerMessage> {
  const store = row && connectStore(row.folder);
  const queue = store && new StoreQueue(store, wallClock);
  const toRow = row && queue && rowProgress(queue, row.id);
  const onProgress: Progress = (done, total) => {
    post({ done, total });
    toRow?.(done / total);
  };
  const work: Work = WORK[kind];
  const asked = new AbortController();
  parentPort!.on('message', (message) => message === STOP && asked.abort());
  // Listening must not keep the thread alive.
  parentPort!.unref();
  const context: WorkContext = {
    job: row?.id ?? null,
    signal: asked.signal,
    tell: (news) => post({ news }),
    queueOf: (other) => new StoreQueue(other, wallClock),
  };
  try {
    const output = await work(input as never, onProgress, context);
    if (row) {
      if (output.refused) queue!.fail(row.id, output.refused);
      else queue!.finish(row.id, output.cancelled ? 'cancelled' : 'done');
    }
    return { output };
  } catch (error) {
    const fault = faultOf(error);
    // The thread that asked for the end writes it down.
    if (row && fault.code !== 'cancelled') queue!.fail(row.id, failureText(error));
    return { fault };
  } finally {
    store?.close();
  }
}
