import type { StoreQueue } from './queue.ts';
import type { Store } from '../store/store.ts';

/** How far long work has come: done of all, in the work's own unit. */
export type Progress = (done: number, total: number) => void;

/** What every kind of work may say besides its result: why it did not do what it was asked for. */
export interface Refusable {
  readonly refused?: string;
  /** Whether it was asked to stop and kept what it had. */
  readonly cancelled?: boolean;
}

/** What work may know and say besides its input and output. */
export interface WorkContext {
  /** Number of the job's row; null for work that leaves none. */
  readonly job: number | null;
  /** Given where the work is asked to stop and may keep what it has. */
  readonly signal: AbortSignal;
  /** Tells the thread that started it something that is plain data. */
  readonly tell: (news: unknown) => void;
  /** The queue over a store of the work's own: its job ends in the transaction that keeps its result. */
  readonly queueOf: (store: Store) => StoreQueue;
}

/** What whoever starts work may hear of it and ask of it. */
export interface RunOptions {
  readonly onProgress?: Progress;
  /** Ends the work: rejects with `cancelled`, even if it had just been finished. */
  readonly signal?: AbortSignal;
  /** Hears the id of the job's row before the work begins. */
  readonly onStart?: (id: number) => void;
  /** Hears what the work tells besides its progress. */
  readonly onNews?: (news: unknown) => void;
}

/** The job's row in the store of a folder. */
export interface RowPlace {
  readonly folder: string;
  readonly id: number;
}
