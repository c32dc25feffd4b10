import type { Fault } from '../contract/errors.ts';

/** What the worker tells the thread that started it; the last message is the output or the fault. */
export type WorkerMessage =
  | { readonly done: number; readonly total: number }
  | { readonly news: unknown }
  | { readonly output: unknown }
  | { readonly fault: Fault };

/** The only message to a worker: to stop where it may keep what it has. */
export const STOP = 'stop';
