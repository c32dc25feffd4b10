import { z } from 'zod';
import { StoreQueue, wallClock } from '../../jobs/queue.ts';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import { runJob, type JobKind } from '../../jobs/runner.ts';
import { connectStore } from '../../store/store.ts';
import type { RunOptions } from '../../jobs/terms.ts';
import type { CandleFile, CandlesImported } from '../../jobs/work/import-candles.ts';

/**
 * Import a candle file, or only look at it (`commit: false`), in a worker thread. The bytes move
 * there: `file` may be empty afterwards. Progress in bytes read of all. What is committed leaves a row
 * among the jobs, unless a feed does it over and over (`isListed: false`).
 */
export async function importCandles(
  job: CandleFile,
  { isListed = job.commit, ...options }: RunOptions & { readonly isListed?: boolean } = {},
): Promise<CandlesImported> {
  if (!isListed) return inWorker(job, options);
  const store = connectStore(job.folder);
  try {
    return await runJob(new StoreQueue(store, wallClock), importKind(job), null, options);
  } finally {
    store.close();
  }
}

/** The bytes lie in memory: an import is done in one piece, or anew. */
const importKind = (job: CandleFile): JobKind<null, CandlesImported> => ({
  name: 'import-candles',
  unit: '',
  room: null,
  plan: z.null(),
  resumable: false,
  title: () => `Import ${job.fileName}`,
  detail: () => job.fileName,
  check: () => undefined,
  run: (_, { job: id, ...options }) => inWorker(job, options, id),
});

function inWorker(job: CandleFile, options: RunOptions, id: number | null = null) {
  const file = ownBytes(job.file);
  const row = id === null ? null : { folder: job.folder, id };
  return runInWorker(
    'import-candles',
    { ...job, file },
    { ...options, row, transfer: [file.buffer] },
  );
}

/** The bytes in a buffer that holds nothing else, as a transfer takes the buffer whole. */
function ownBytes(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = file;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(file);
}
