import { runInWorker, type RowPlace, type RunOptions } from '../run-in-worker.ts';
import type { Trained, TrainingOrder } from './train-model-work.ts';

export type { Trained, TrainingOrder };

/** Train a model off this thread; the signal asks it to stop and keep the best epoch. */
export const trainModelInWorker = (
  order: TrainingOrder,
  row: Omit<RowPlace, 'folder'>,
  options: RunOptions,
): Promise<Trained> =>
  runInWorker('train-model', order, { ...row, folder: order.folder }, [], {
    ...options,
    asks: true,
  });
