import { parentPort, workerData } from 'node:worker_threads';
import { faultOf } from '../contract/errors.ts';
import type { UtcSeconds } from '../domain/units.ts';
import { connectStore } from '../store/store.ts';
import type { Progress, Refusable, WorkContext } from './terms.ts';
import { WORK, type JobRow, type Order } from './work.ts';
import { STOP, type WorkerMessage } from './worker-messages.ts';

type Work = (
  input: never,
  onProgress: Progress,
  context: WorkContext,
) => Refusable | Promise<Refusable>;

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
  const asked = new AbortController();
  parentPort!.on('message', (message) => message === STOP && asked.abort());
  // To listen is no reason to stay.
  parentPort!.unref();
  const tell = (news: unknown) => post({ news });
  try {
    const context = { job: row?.id ?? null, signal: asked.signal, tell };
    const output = await work(input as never, onProgress, context);
    kept?.end(output.refused, output.cancelled);
    return { output };
  } catch (error) {
    const fault = faultOf(error);
    // The thread that asked for the end writes it down.
    if (fault.code !== 'cancelled') kept?.end(`${fault.happened} ${fault.next}`);
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
    end: (failure: string | undefined, cancelled = false) => {
      const now = Math.floor(Date.now() / 1000) as UtcSeconds;
      const state = failure ? 'failed' : cancelled ? 'cancelled' : 'done';
      store.jobs.end(id, state, failure ?? detail, now);
      store.close();
    },
  };
}
