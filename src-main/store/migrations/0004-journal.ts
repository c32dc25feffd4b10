import type { Migration } from '../migrate.ts';

/** Trades of statements, and what is written beside a trade or a decision later. */
export const journal: Migration = (db) => {
  db.exec(`
    CREATE TABLE statement (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      imported_at INTEGER NOT NULL,
      -- Its trades are gone; the row stays and says that they were there.
      undone_at INTEGER,
      account TEXT NOT NULL,
      source TEXT NOT NULL
    ) STRICT;

    -- A trade that was open in one statement and closed in a later one has a row of each.
    CREATE TABLE statement_trade (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      statement INTEGER NOT NULL REFERENCES statement (id),
      account TEXT NOT NULL,
      ticket TEXT NOT NULL,
      is_closed INTEGER NOT NULL CHECK (is_closed IN (0, 1)),
      trade TEXT NOT NULL,
      UNIQUE (account, ticket, is_closed)
    ) STRICT;
    CREATE INDEX trade_of_statement ON statement_trade (statement);
    CREATE TRIGGER trade_is_final BEFORE UPDATE ON statement_trade
      BEGIN SELECT RAISE(ABORT, 'a trade of a statement is never changed'); END;

    -- Notes, tags, how a decision ended. The newest entry of a kind is what holds.
    CREATE TABLE journal_entry (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      subject TEXT NOT NULL,
      kind TEXT NOT NULL,
      written_at INTEGER NOT NULL,
      entry TEXT NOT NULL
    ) STRICT;
    CREATE INDEX entry_of_subject ON journal_entry (subject, kind, id);
    CREATE TRIGGER entry_is_final BEFORE UPDATE ON journal_entry
      BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never changed'); END;
    CREATE TRIGGER entry_stays BEFORE DELETE ON journal_entry
      BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never removed'); END;
  `);
};
