import type { UtcSeconds } from '../domain/units.ts';
import type { Connection } from './connection.ts';

export type JobState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

export interface Job {
  readonly id: number;
  readonly kind: string;
  readonly state: JobState;
  /** Share done, 0 to 1. */
  readonly progress: number;
  readonly started: UtcSeconds;
  readonly ended: UtcSeconds | null;
  /** What it works on; why it failed. */
  readonly detail: string;
}

/** Long work, so that the trader sees what a killed app left undone. */
export interface Jobs {
  /** Returns the job's id. */
  start(kind: string, detail: string, now: UtcSeconds): number;
  progress(id: number, share: number): void;
  /** A job that has ended stays as it ended. */
  end(id: number, state: 'done' | 'failed' | 'cancelled', detail: string, now: UtcSeconds): void;
  /** Jobs that still run on opening belong to an app that is gone. */
  interruptRunning(): void;
  /** Newest first. */
  list(): Job[];
}

export function jobs({ db, write }: Connection): Jobs {
  const insert = db.prepare(
    `INSERT INTO job (kind, state, progress, started, ended, detail)
     VALUES (?, 'running', 0, ?, NULL, ?)`,
  );
  const move = db.prepare(`UPDATE job SET progress = ? WHERE id = ? AND state = 'running'`);
  const finish = db.prepare(
    `UPDATE job SET state = @state, detail = @detail, ended = @now,
       progress = CASE @state WHEN 'done' THEN 1 ELSE progress END
     WHERE id = @id AND state = 'running'`,
  );
  const interrupt = db.prepare(`UPDATE job SET state = 'interrupted' WHERE state = 'running'`);
  const select = db.prepare<[], Job>('SELECT * FROM job ORDER BY id DESC');
  return {
    start: write((kind, detail, now) => Number(insert.run(kind, now, detail).lastInsertRowid)),
    progress: write((id, share) => {
      move.run(share, id);
    }),
    end: write((id, state, detail, now) => {
      finish.run({ id, state, detail, now });
    }),
    interruptRunning: write(() => {
      interrupt.run();
    }),
    list: () => select.all(),
  };
}
