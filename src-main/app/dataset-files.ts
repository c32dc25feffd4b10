import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CodedError } from '../contract/errors.ts';
import { runInWorker, type RunOptions } from '../jobs/run-in-worker.ts';
import { openMarket } from './fit.ts';
import type { DatasetInfo } from '../contract/schemas.ts';
import type { Store } from '../store/store.ts';

/**
 * Writes a dataset into a file as a job, Parquet or CSV by its ending, with the feature windows where
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
  const info = store.datasets.find(name);
  if (!info) throw new CodedError('no-dataset', { name });
  const windowSource = windows ? openMarket(store, info.market) : null;
  const partial = `${resolve(file)}.part`;
  const title = `Export ${name}`;
  try {
    mkdirSync(dirname(partial), { recursive: true });
    await runInWorker(
      'export-dataset',
      { folder: store.folder, name, file: partial, format, windowSource },
      { folder: store.folder, title, detail: file, plan: null, resumes: null },
      [],
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

/** Keeps the dataset of a Parquet file. Throws `bad-dataset-file`, `name-taken`. */
export async function importDataset(
  store: Store,
  path: string,
  options: RunOptions,
): Promise<DatasetInfo> {
  const input = { folder: store.folder, path };
  const row = { folder: store.folder, title: `Import ${path}`, detail: path };
  const { dataset } = await runInWorker(
    'import-dataset',
    input,
    { ...row, plan: null, resumes: null },
    [],
    options,
  );
  return dataset;
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
