import { parentPort, workerData } from 'node:worker_threads';
import { faultOf, type Fault } from '../contract/errors.ts';
import type { UtcSeconds } from '../domain/units.ts';
import { connectStore } from '../store/store.ts';
import type { Progress, Refusable } from './terms.ts';
import { WORK, type JobRow, type Order } from './work.ts';

/** What the worker tells the thread that started it; the last message is the output or the fault. */
export type WorkerMessage =
  | { readonly done: number; readonly total: number }
  | { readonly output: unknown }
  | { readonly fault: Fault };

type Work = (input: never, onProgress: Progress) => Refusable | Promise<Refusable>;

/** The row moves on by tenths: each of them is a commit on the disk. */
const ROW_STEPS = 10;

const post = (message: WorkerMessage) => parentPort!.postMessage(message);

post(await carryOut(workerData as Order));

async function carryOut({ kind, input, row }: Order): Promise<WorkerMessage> {
  const kept = row && keepRow(row);
  const onProgress: Progress = (done, total) => {
    post({ done, total });
    kept?.progress(done / total);
  };
  const work: Work = WORK[kind];
  try {
    const output = await work(input as never, onProgress);
    kept?.end(output.refused);
    return { output };
  } catch (error) {
    const fault = faultOf(error);
    kept?.end(`${fault.happened} ${fault.next}`);
    return { fault };
  }
}

/** Keep the job's row up to date. */
function keepRow({ folder, id, detail }: JobRow) {
  const store = connectStore(folder);
  let reached = 0;
  return {
    progress: (share: number) => {
      const step = Math.floor(share * ROW_STEPS);
      if (step > reached) store.jobs.progress(id, step / ROW_STEPS);
      reached = Math.max(step, reached);
    },
    end: (failure: string | undefined) => {
      const now = Math.floor(Date.now() / 1000) as UtcSeconds;
      store.jobs.end(id, failure ? 'failed' : 'done', failure ?? detail, now);
      store.close();
    },
  };
}
