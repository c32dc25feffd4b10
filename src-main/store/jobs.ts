import { CodedError } from '../contract/errors.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { Connection } from './connection.ts';

export type JobState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** What a job is, before it begins. */
export interface NewJob {
  readonly kind: string;
  /** What it does, in words. */
  readonly title: string;
  /** What it works on; once it has failed, why. */
  readonly detail: string;
  /** What it would take to go on after an interruption, as plain data; null where it cannot. */
  readonly plan: unknown;
}

export interface Job extends NewJob {
  readonly id: number;
  readonly state: JobState;
  /** Share done, 0 to 1. */
  readonly progress: number;
  readonly started: UtcSeconds;
  readonly ended: UtcSeconds | null;
}

/** Long work, so that the trader sees what a killed app left undone. */
export interface Jobs {
  /** Returns the job's id. */
  start(job: NewJob, now: UtcSeconds): number;
  progress(id: number, share: number): void;
  /** A job that has ended stays as it ended. */
  end(id: number, state: 'done' | 'failed' | 'cancelled', detail: string, now: UtcSeconds): void;
  /** Jobs that still run on opening belong to an app that is gone. */
  interruptRunning(): void;
  /** An interrupted job runs again. Throws `no-job` for any other. */
  resume(id: number): void;
  /** An interrupted job will not go on. Throws `no-job` for any other. */
  dismiss(id: number, now: UtcSeconds): void;
  find(id: number): Job | null;
  /** Newest first. */
  list(): Job[];
}

type JobRow = Omit<Job, 'plan'> & { readonly plan: string | null };

const jobOf = (row: JobRow): Job => ({
  ...row,
  plan: row.plan === null ? null : (JSON.parse(row.plan) as unknown),
});

export function jobs({ db, write }: Connection): Jobs {
  const insert = db.prepare(
    `INSERT INTO job (kind, title, state, progress, started, ended, detail, plan)
     VALUES (@kind, @title, 'running', 0, @now, NULL, @detail, @plan)`,
  );
  const move = db.prepare(`UPDATE job SET progress = ? WHERE id = ? AND state = 'running'`);
  const finish = db.prepare(
    `UPDATE job SET state = @state, detail = @detail, ended = @now,
       progress = CASE @state WHEN 'done' THEN 1 ELSE progress END
     WHERE id = @id AND state = 'running'`,
  );
  const interrupt = db.prepare(`UPDATE job SET state = 'interrupted' WHERE state = 'running'`);
  const revive = db.prepare(
    `UPDATE job SET state = 'running' WHERE id = ? AND state = 'interrupted'`,
  );
  const drop = db.prepare(
    `UPDATE job SET state = 'cancelled', ended = ? WHERE id = ? AND state = 'interrupted'`,
  );
  const selectOne = db.prepare<[number], JobRow>('SELECT * FROM job WHERE id = ?');
  const select = db.prepare<[], JobRow>('SELECT * FROM job ORDER BY id DESC');
  return {
    start: write(({ plan, ...job }, now) => {
      const row = { ...job, now, plan: plan === null ? null : JSON.stringify(plan) };
      return Number(insert.run(row).lastInsertRowid);
    }),
    progress: write((id, share) => {
      move.run(share, id);
    }),
    end: write((id, state, detail, now) => {
      finish.run({ id, state, detail, now });
    }),
    interruptRunning: write(() => {
      interrupt.run();
    }),
    resume: write((id) => {
      if (revive.run(id).changes === 0) throw new CodedError('no-job', { wish: 'resume' });
    }),
    dismiss: write((id, now) => {
      if (drop.run(now, id).changes === 0) throw new CodedError('no-job', { wish: 'discard' });
    }),
    find: (id) => {
      const row = selectOne.get(id);
      return row ? jobOf(row) : null;
    },
    list: () => select.all().map(jobOf),
  };
}
