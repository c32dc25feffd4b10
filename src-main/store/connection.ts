import type Database from 'better-sqlite3';
import { folderFault } from './faults.ts';

/** What the aggregates share: the open file, and the one way to write it. */
export interface Connection {
  readonly folder: string;
  readonly db: Database.Database;
  /** `work` as one transaction: all of it or nothing, and a full disk as a coded error. */
  write<Input extends unknown[], Output>(
    work: (...input: Input) => Output,
  ): (...input: Input) => Output;
}

/** Pragmas of every connection. A commit is on the disk when it returns. */
export function connection(folder: string, db: Database.Database): Connection {
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  return {
    folder,
    db,
    write: (work) => {
      const transaction = db.transaction(work);
      return (...input) => {
        try {
          return transaction.immediate(...input);
        } catch (error) {
          throw folderFault(error, folder);
        }
      };
    },
  };
}
