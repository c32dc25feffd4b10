import { CodedError } from '../contract/errors.ts';
import type { CourtPlan } from '../contract/court.ts';
import type { RunOptions } from '../jobs/run-in-worker.ts';
import type { Store } from '../store/store.ts';

/** Judges models as a job and keeps the evaluation; returns its number. */
export function judgeModels(_store: Store, _plan: CourtPlan, _run: RunOptions): Promise<number> {
  return Promise.reject(new CodedError('internal', { problem: 'the court is not built yet' }));
}

/** Writes the report of an evaluation to `file`. */
export function writeReport(_store: Store, _id: number, _format: 'html' | 'json', _file: string) {
  throw new CodedError('internal', { problem: 'the court is not built yet' });
}
