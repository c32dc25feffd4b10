import type { JournalEntry } from '../contract/journal.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { Connection } from './connection.ts';

/** Entries are added and never changed or removed: the newest of a kind is what holds. */
export interface JournalEntries {
  write(entry: JournalEntry): void;
  /** The newest of each subject of a kind, by subject. */
  newest(kind: string): Map<string, JournalEntry>;
}

export function journalEntries({ db, write }: Connection): JournalEntries {
  const insert = db.prepare(
    'INSERT INTO journal_entry (subject, kind, written_at, entry) VALUES (?, ?, ?, ?)',
  );
  const select = db.prepare<[string], { subject: string; written_at: number; entry: string }>(
    `SELECT subject, written_at, entry FROM journal_entry WHERE id IN
       (SELECT max(id) FROM journal_entry WHERE kind = ? GROUP BY subject)`,
  );
  return {
    write: write(({ subject, kind, writtenAt, entry }) => {
      insert.run(subject, kind, writtenAt, JSON.stringify(entry));
    }),
    newest: (kind) =>
      new Map(
        select.all(kind).map(({ subject, written_at, entry }) => {
          const writtenAt = written_at as UtcSeconds;
          return [subject, { subject, kind, writtenAt, entry: JSON.parse(entry) as unknown }];
        }),
      ),
  };
}
