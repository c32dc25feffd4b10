import type { Migration } from '../migrate.ts';

/** What a model answers for, as JSON: instrument, bars that its market was fitted to, step, exit rule. */
export const scopeOfModels: Migration = (db) => {
  // Null in rows of earlier versions, until the app has read their files.
  db.exec('ALTER TABLE model ADD COLUMN scope TEXT');
};
