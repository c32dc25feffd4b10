import { basename } from 'node:path';
import { CodedError } from '../../contract/errors.ts';
import { readParquet } from '../../datasets/parquet.ts';
import { connectStore } from '../../store/store.ts';
import type { DatasetInfo } from '../../contract/datasets.ts';
import type { Progress, Refusable } from '../terms.ts';

export interface DatasetImport {
  /** Data folder that this process holds open. */
  readonly folder: string;
  readonly path: string;
}

/**
 * Keeps the dataset of a Parquet file: all of it or nothing; the same one again changes nothing.
 * Throws `bad-dataset-file`, `name-taken`.
 */
export async function importDatasetWork(
  { folder, path }: DatasetImport,
  onProgress: Progress,
): Promise<Refusable & { readonly dataset: DatasetInfo }> {
  const { info, origin, blocks } = await readParquet(path, basename(path), onProgress);
  const store = connectStore(folder);
  try {
    const stored = store.datasets.find(info.name);
    if (stored?.checksum === info.checksum) return { dataset: stored };
    if (stored) {
      const taken = `a dataset made by ${stored.command}`;
      throw new CodedError('name-taken', { name: info.name, taken });
    }
    store.datasets.save(info.name, blocks, () => ({ info, origin }));
    return { dataset: info };
  } finally {
    store.close();
  }
}
