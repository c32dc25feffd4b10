import { CodedError } from '../contract/errors.ts';
import type { JobState } from '../contract/jobs.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { Connection } from './connection.ts';

/** What a job is, before it begins. */
export interface NewJob {
  readonly kind: string;
  /** What it does, in words. */
  readonly title: string;
  /** What it works on; once it has failed, why. */
  readonly detail: string;
  /** What it takes to begin later, or to go on after an interruption; null where it cannot. */
  readonly plan: unknown;
  /** Jobs of one room run one at a time; null where any may run beside it. */
  readonly room: string | null;
  /** The job that has to be done first. */
  readonly after: number | null;
}

export interface Job extends NewJob {
  readonly id: number;
  readonly state: JobState;
  /** Share done, 0 to 1. */
  readonly progress: number;
  /** When it began; while it waits, since when. */
  readonly started: UtcSeconds;
  readonly ended: UtcSeconds | null;
}

export type EndState = 'done' | 'failed' | 'cancelled';

/**
 * Rows of long work, so that the trader sees what a killed app left undone. A row is waiting, then
 * running, then done, failed or cancelled, where it stays; one whose app is gone is interrupted, and
 * waits again when it is resumed.
 */
export interface Jobs {
  /** Waits from now on; returns the job's id. */
  put(job: NewJob, now: UtcSeconds): number;
  /** A waiting job runs. Throws `no-job` for any other. */
  begin(id: number, now: UtcSeconds): void;
  progress(id: number, share: number): void;
  /** One that waits or runs ends; any other stays as it is. */
  end(id: number, state: EndState, detail: string, now: UtcSeconds): void;
  /** Jobs that still run on opening belong to an app that is gone. */
  interruptRunning(): void;
  /** An interrupted job waits again. Throws `no-job` for any other. */
  resume(id: number): void;
  /** An interrupted job will not go on. Throws `no-job` for any other. */
  dismiss(id: number, now: UtcSeconds): void;
  find(id: number): Job | null;
  /** Newest first. */
  list(): Job[];
  /** Those that wait, the oldest first. */
  waiting(): Job[];
  /** Whether a job of the room runs. */
  isTaken(room: string): boolean;
}

type JobRow = Omit<Job, 'plan'> & { readonly plan: string | null };

const jobOf = (row: JobRow): Job => ({
  ...row,
  plan: row.plan === null ? null : (JSON.parse(row.plan) as unknown),
});

export function jobs({ db, write }: Connection): Jobs {
  const insert = db.prepare(
    `INSERT INTO job (kind, title, state, progress, started, ended, detail, plan, room, after)
     VALUES (@kind, @title, 'waiting', 0, @now, NULL, @detail, @plan, @room, @after)`,
  );
  const start = db.prepare(
    `UPDATE job SET state = 'running', started = CASE progress WHEN 0 THEN @now ELSE started END
     WHERE id = @id AND state = 'waiting'`,
  );
  const move = db.prepare(`UPDATE job SET progress = ? WHERE id = ? AND state = 'running'`);
  const finish = db.prepare(
    `UPDATE job SET state = @state, detail = @detail, ended = @now,
       progress = CASE @state WHEN 'done' THEN 1 ELSE progress END
     WHERE id = @id AND state IN ('waiting', 'running')`,
  );
  const interrupt = db.prepare(`UPDATE job SET state = 'interrupted' WHERE state = 'running'`);
  const revive = db.prepare(
    `UPDATE job SET state = 'waiting' WHERE id = ? AND state = 'interrupted'`,
  );
  const drop = db.prepare(
    `UPDATE job SET state = 'cancelled', ended = ? WHERE id = ? AND state = 'interrupted'`,
  );
  const selectOne = db.prepare<[number], JobRow>('SELECT * FROM job WHERE id = ?');
  const select = db.prepare<[], JobRow>('SELECT * FROM job ORDER BY id DESC');
  const selectWaiting = db.prepare<[], JobRow>(
    `SELECT * FROM job WHERE state = 'waiting' ORDER BY id`,
  );
  const running = db
    .prepare<[string], number>(`SELECT 1 FROM job WHERE state = 'running' AND room = ?`)
    .pluck();
  return {
    put: write(({ plan, ...job }, now) => {
      const row = { ...job, now, plan: plan === null ? null : JSON.stringify(plan) };
      return Number(insert.run(row).lastInsertRowid);
    }),
    begin: write((id, now) => {
      if (start.run({ id, now }).changes === 0) throw new CodedError('no-job', { wish: 'begin' });
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
    waiting: () => selectWaiting.all().map(jobOf),
    isTaken: (room) => running.get(room) !== undefined,
  };
}
