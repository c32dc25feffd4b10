import type { Migration } from '../migrate.ts';

/**
 * Datasets come in blocks with the outcome of every size. Those of the first schema lack outcomes:
 * they stay in the file under another name and are no longer read; the command in their `spec` makes
 * them again.
 */
export const datasetsInBlocks: Migration = (db) => {
  db.exec(`
    ALTER TABLE dataset RENAME TO dataset_without_outcomes;

    CREATE TABLE dataset (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      info TEXT NOT NULL,
      origin TEXT NOT NULL,
      deleted_at INTEGER
    ) STRICT;
    -- A deleted dataset can be brought back, but does not hold its name.
    CREATE UNIQUE INDEX one_dataset_of_a_name ON dataset (name) WHERE deleted_at IS NULL;

    CREATE TABLE dataset_block (
      dataset INTEGER NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      trades INTEGER NOT NULL,
      small INTEGER NOT NULL,
      mid INTEGER NOT NULL,
      big INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (dataset, number)
    ) STRICT;

    -- Finished cells of a run of generation, until all are there and its datasets are made.
    CREATE TABLE dataset_part (
      run TEXT NOT NULL,
      cell INTEGER NOT NULL,
      summary TEXT NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (run, cell)
    ) STRICT;

    ALTER TABLE job ADD COLUMN title TEXT NOT NULL DEFAULT '';
    -- What it would take to go on after an interruption, as JSON.
    ALTER TABLE job ADD COLUMN plan TEXT;
  `);
};
