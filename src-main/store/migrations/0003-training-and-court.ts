import type { Migration } from '../migrate.ts';

/** Runs of training with what it takes to go on after an interruption, and evaluations. */
export const trainingAndCourt: Migration = (db) => {
  db.exec(`
    CREATE TABLE training_run (
      job INTEGER PRIMARY KEY REFERENCES job (id),
      run TEXT NOT NULL,
      -- State after the last whole epoch, while the run can go on.
      checkpoint BLOB
    ) STRICT;

    CREATE TABLE evaluation (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      made_at INTEGER NOT NULL,
      info TEXT NOT NULL,
      result TEXT NOT NULL
    ) STRICT;
  `);
};
