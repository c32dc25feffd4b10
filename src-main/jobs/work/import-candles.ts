import type { CandleFile, CandlesImported } from './import-candles-work.ts';
import { runInWorker, type RunOptions } from '../run-in-worker.ts';

export type { CandleFile, CandlesImported };

/**
 * Import a candle file, or only look at it (`commit: false`), in a worker thread. The bytes move
 * there: `file` may be empty afterwards. Progress in bytes read of all. What is committed leaves a row
 * among the jobs, unless a feed does it over and over (`isListed: false`).
 */
export async function importCandles(
  job: CandleFile,
  { isListed = job.commit, ...options }: RunOptions & { readonly isListed?: boolean } = {},
): Promise<CandlesImported> {
  const file = ownBytes(job.file);
  const { folder, fileName: detail } = job;
  const title = `Import ${detail}`;
  const row = isListed ? { folder, title, detail, plan: null, resumes: null } : null;
  return runInWorker('import-candles', { ...job, file }, row, [file.buffer], options);
}

/** The bytes in a buffer that holds nothing else, as a transfer takes the buffer whole. */
function ownBytes(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = file;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(file);
}
