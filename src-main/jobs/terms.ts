/** How far long work has come: done of all, in the work's own unit. */
export type Progress = (done: number, total: number) => void;

/** What every kind of work may say besides its result: why it did not do what it was asked for. */
export interface Refusable {
  readonly refused?: string;
}
