import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { refusedImport, type ClockChoice } from '../../contract/series.ts';
import { csvLine } from '../../domain/csv.ts';
import { isoTime } from '../../domain/time/time.ts';
import { StoreQueue, wallClock } from '../../jobs/queue.ts';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import { runJob, type JobKind } from '../../jobs/runner.ts';
import { readCandles } from '../../market/read-candles.ts';
import { connectStore, type Store } from '../../store/store.ts';
import { demoSeries } from '../../synth/demo.ts';
import { openMarket } from '../datasets/fit.ts';
import { csvText, readWhole, writeWhole } from '../folder/files.ts';
import { readResource } from '../folder/resources.ts';
import type { RunOptions } from '../../jobs/terms.ts';
import type { CandleFile, CandlesImported } from '../../jobs/work/import-candles.ts';
import type { HeldSeries } from './series-cache.ts';

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

/** The bars of a candle file as if it were imported. Throws `file-unreadable`, `import-refused`. */
export function heldFile(file: string, clockOfFile: ClockChoice): HeldSeries {
  const settings = { symbol: 'FILE', clock: clockOfFile };
  const { report, bars } = readCandles(readWhole(file), basename(file), settings);
  const { name, symbol, timeframe, clock, from, to } = report;
  if (!bars || !timeframe || !clock || from === null || to === null) {
    throw refusedImport(report);
  }
  const info = { name, symbol, timeframe, clock, from, to, bars: report.bars, synthetic: false };
  return { info, storedAs: timeframe, bars };
}

const DEMO_FILE = 'demo/synthetic-gold-h1.csv';
const DEMO_NAME = 'Synthetic demo';

/** A first start shows the bundled synthetic series, so that the desk is never empty. */
export function keepDemoSeries(store: Store): void {
  if (store.series.list().length > 0) return;
  const file = readResource(DEMO_FILE);
  const { bars } = readCandles(file, DEMO_FILE, { name: DEMO_NAME, symbol: 'DEMO', clock: 'utc' });
  if (!bars) throw new Error(`the bundled ${DEMO_FILE} cannot be read`);
  const origin = {
    name: DEMO_NAME,
    symbol: 'DEMO',
    timeframe: 'H1' as const,
    clock: 'utc',
    synthetic: true,
    sourceName: DEMO_FILE,
    sourceSha256: createHash('sha256').update(file).digest('hex'),
  };
  store.series.add(origin, bars);
}

const HEADER = 'time,open,high,low,close,tick_volume';

/** Writes a synthetic series of a fitted market as a candle file in UTC; gives the number of bars. */
export function writeDemo(store: Store, market: string, seed: number, file: string): number {
  const { time, open, high, low, close } = demoSeries(openMarket(store, market).parameters, seed);
  const prices = [open, high, low, close];
  const rows = Array.from(time, (seconds, i) =>
    csvLine([
      isoTime(seconds).slice(0, -1).replace('T', ' '),
      ...prices.map((column) => column[i]!.toFixed(2)),
      0,
    ]),
  );
  writeWhole(file, csvText([HEADER, ...rows]));
  return rows.length;
}
