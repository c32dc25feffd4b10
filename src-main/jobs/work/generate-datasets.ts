import type { Generated, GenerationOrder } from './generate-datasets-work.ts';
import { runInWorker, type RowPlace, type RunOptions } from '../run-in-worker.ts';

export type { Generated, GenerationOrder };

/** Generate datasets, or a shard of them, off this thread and on `threads` further ones. */
export const generateDatasets = (
  order: GenerationOrder,
  row: Omit<RowPlace, 'folder'>,
  options: RunOptions,
): Promise<Generated> =>
  runInWorker('generate-datasets', order, { ...row, folder: order.folder }, [], options);
