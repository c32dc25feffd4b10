import type { Database } from 'better-sqlite3';
import { CodedError } from '../contract/errors.ts';

/** One step of the schema, run in a transaction of its own. Additive: it never drops user data. */
export type Migration = (db: Database) => void;

/** Number of the schema that the file is written in; 0 for a new file. */
export const schemaOf = (db: Database) => db.pragma('user_version', { simple: true }) as number;

export function refuseNewer(db: Database, known: number): void {
  const found = schemaOf(db);
  if (found > known) throw new CodedError('store-newer', { found, known });
}

/**
 * Bring the file to the newest schema, one transaction a migration. `backUp` runs first where the
 * file holds anything; if it throws, nothing has been changed.
 */
export function migrate(
  db: Database,
  migrations: readonly Migration[],
  backUp: (schema: number) => void,
): void {
  const found = schemaOf(db);
  if (found === migrations.length) return;
  if (found > 0) backUp(found);
  migrations.slice(found).forEach((migration, i) => {
    db.transaction(() => {
      migration(db);
      db.pragma(`user_version = ${found + i + 1}`);
    }).immediate();
  });
}
