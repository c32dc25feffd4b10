import type { Migration } from '../migrate.ts';

export const firstSchema: Migration = (db) => {
  db.exec(`
    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      symbol TEXT NOT NULL,
      timeframe TEXT NOT NULL,
      clock TEXT NOT NULL,
      synthetic INTEGER NOT NULL CHECK (synthetic IN (0, 1)),
      bars INTEGER NOT NULL,
      from_time INTEGER NOT NULL,
      to_time INTEGER NOT NULL
    ) STRICT;

    -- Where the bars of a series came from: one row for each import that added any.
    CREATE TABLE series_source (
      series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      added INTEGER NOT NULL
    ) STRICT;

    -- Up to 4096 bars: columns time, open, high, low, close, volume after one another, each of
    -- little-endian doubles. first is the index of the block's first bar in the series.
    CREATE TABLE bar_block (
      series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
      first INTEGER NOT NULL,
      to_time INTEGER NOT NULL,
      bars BLOB NOT NULL,
      PRIMARY KEY (series, first)
    ) STRICT;

    CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT;

    CREATE TABLE decision (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      recorded_at INTEGER NOT NULL,
      record TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER decision_is_final BEFORE UPDATE ON decision
      BEGIN SELECT RAISE(ABORT, 'a recorded decision is never changed'); END;

    CREATE TABLE model (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      exit TEXT NOT NULL,
      trained_at INTEGER NOT NULL,
      trades INTEGER NOT NULL,
      bundled INTEGER NOT NULL CHECK (bundled IN (0, 1)),
      in_use INTEGER NOT NULL CHECK (in_use IN (0, 1)),
      file BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX one_model_in_use ON model (in_use) WHERE in_use = 1;

    CREATE TABLE dataset (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      spec TEXT NOT NULL,
      checksum TEXT NOT NULL,
      trades INTEGER NOT NULL,
      mix TEXT NOT NULL,
      columns BLOB NOT NULL
    ) STRICT;

    CREATE TABLE market (
      name TEXT PRIMARY KEY,
      parameters TEXT NOT NULL
    ) STRICT;

    CREATE TABLE job (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL,
      state TEXT NOT NULL
        CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
      progress REAL NOT NULL,
      started INTEGER NOT NULL,
      ended INTEGER,
      detail TEXT NOT NULL
    ) STRICT;
  `);
};
