import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { CodedError } from '../../contract/errors.ts';
import { z } from 'zod';
import { StoreQueue, wallClock as now } from '../../jobs/queue.ts';
import { runJob, type JobKind } from '../../jobs/runner.ts';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import type { RunOptions } from '../../jobs/terms.ts';
import type { WorkOutput } from '../../jobs/work.ts';
import { keepFittedBars, openMarket } from './fit.ts';
import type { DatasetInfo } from '../../contract/datasets.ts';
import type { Store } from '../../store/store.ts';

/**
 * Writes a dataset into a file, Parquet or CSV by its ending, with the feature windows where
 * asked for. Throws `no-dataset`, `dataset-origin`, `file-unwritable`, and `bad-argument` for another
 * ending or windows in a CSV file.
 */
export async function exportDataset(
  store: Store,
  { name, file, windows }: { name: string; file: string; windows: boolean },
  options: RunOptions,
): Promise<void> {
  const [, format] = /\.(parquet|csv)$/i.exec(file.toLowerCase()) ?? [];
  if (format !== 'parquet' && format !== 'csv') {
    throw new CodedError('bad-argument', {
      problem: `${file} ends neither in .parquet nor in .csv`,
    });
  }
  if (windows && format === 'csv') {
    const problem = 'Windows of 640 numbers a trade are only written to Parquet files';
    throw new CodedError('bad-argument', { problem });
  }
  const info = store.datasets.info(name);
  const windowSource = windows ? openMarket(store, info.market) : null;
  const partial = `${resolve(file)}.${randomUUID().slice(0, 8)}.part`;
  try {
    mkdirSync(dirname(partial), { recursive: true });
    await runInWorker(
      'export-dataset',
      { folder: store.folder, name, file: partial, format, windowSource },
      options,
    );
    renameSync(partial, file);
  } catch (error) {
    if (existsSync(partial)) rmSync(partial);
    if (!(error instanceof CodedError)) {
      throw new CodedError('file-unwritable', { file, problem: (error as Error).message });
    }
    // The trader hears of the file that was asked for, not of the one beside it.
    throw error.code === 'file-unwritable'
      ? new CodedError(error.code, { ...error.details, file })
      : error;
  }
}

/** A damaged page can send the Parquet reader round in circles; a sound one takes well under a second. */
const LONGEST_STANDSTILL_MS = 20_000;

const importKind = ({ folder }: Store): JobKind<string, WorkOutput<'import-dataset'>> => ({
  name: 'import-dataset',
  unit: '',
  room: null,
  plan: z.string(),
  resumable: false,
  title: (path) => `Import ${basename(path)}`,
  detail: (path) => path,
  check: () => undefined,
  run: (path, { job: id, ...options }) =>
    runInWorker('import-dataset', { folder, path }, { ...options, row: { folder, id } }),
});

/** Keeps the dataset of a Parquet file. Throws `file-unreadable`, `bad-dataset-file`, `name-taken`. */
export async function importDataset(
  store: Store,
  path: string,
  { signal, onProgress }: RunOptions,
): Promise<DatasetInfo> {
  if (!existsSync(path)) {
    throw new CodedError('file-unreadable', { file: path, problem: 'there is no such file' });
  }
  const standstill = new AbortController();
  const giveUp = () => standstill.abort();
  let timer = setTimeout(giveUp, LONGEST_STANDSTILL_MS);
  try {
    const { dataset } = await runJob(new StoreQueue(store, now), importKind(store), path, {
      signal: signal ? AbortSignal.any([signal, standstill.signal]) : standstill.signal,
      onProgress: (done, total) => {
        clearTimeout(timer);
        timer = setTimeout(giveUp, LONGEST_STANDSTILL_MS);
        onProgress?.(done, total);
      },
    });
    keepFittedBars(store);
    return store.datasets.info(dataset.name);
  } catch (error) {
    if (!standstill.signal.aborted) throw error;
    const problem = 'a page of it cannot be decoded';
    throw new CodedError('bad-dataset-file', { file: basename(path), problem });
  } finally {
    clearTimeout(timer);
  }
}

/** The same for a file that the window handed over: it has no place on the disk of its own. */
export async function importDatasetBytes(
  store: Store,
  { fileName, bytes }: { fileName: string; bytes: Uint8Array },
  options: RunOptions,
): Promise<DatasetInfo> {
  const folder = mkdtempSync(join(tmpdir(), 'size-picker-'));
  try {
    const path = join(folder, fileName.replace(/[/\\]/g, '_'));
    writeFileSync(path, bytes);
    return await importDataset(store, path, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
