import type { Migration } from '../migrate.ts';

/**
 * Jobs wait for their turn. A CHECK cannot be changed in place: the table is made anew with every
 * row as it was, and no number of a job is given twice.
 */
export const jobsInAQueue: Migration = (db) => {
  db.exec(`
    CREATE TABLE queued_job (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      state TEXT NOT NULL CHECK (
        state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')
      ),
      progress REAL NOT NULL,
      started INTEGER NOT NULL,
      ended INTEGER,
      detail TEXT NOT NULL,
      title TEXT NOT NULL,
      -- What it takes to begin, or to go on after an interruption, as JSON.
      plan TEXT,
      -- Jobs of one room run one at a time.
      room TEXT,
      -- The job that has to be done first.
      after INTEGER REFERENCES queued_job (id)
    ) STRICT;
    INSERT INTO queued_job (id, kind, state, progress, started, ended, detail, title, plan)
      SELECT id, kind, state, progress, started, ended, detail, title, plan FROM job;
    UPDATE queued_job SET room = 'training' WHERE kind = 'train-model';
    UPDATE queued_job SET room = 'judging' WHERE kind = 'judge-models';
    CREATE TABLE run_of_job (
      job INTEGER PRIMARY KEY REFERENCES queued_job (id),
      run TEXT NOT NULL,
      -- State after the last whole epoch, while the run can go on.
      checkpoint BLOB
    ) STRICT;
    INSERT INTO run_of_job SELECT job, run, checkpoint FROM training_run;
    UPDATE sqlite_sequence
      SET seq = max(seq, (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'job'))
      WHERE name = 'queued_job';
    INSERT INTO sqlite_sequence (name, seq)
      SELECT 'queued_job', seq FROM sqlite_sequence
      WHERE name = 'job' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'queued_job');
    DROP TABLE training_run;
    DROP TABLE job;
    ALTER TABLE queued_job RENAME TO job;
    ALTER TABLE run_of_job RENAME TO training_run;
    CREATE INDEX unfinished_job ON job (state) WHERE state IN ('waiting', 'running');
  `);
};
