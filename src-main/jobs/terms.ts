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
}
