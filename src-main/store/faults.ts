import Database from 'better-sqlite3';
import { CodedError } from '../contract/errors.ts';

/** SQLite's and the system's names for a folder that cannot be written: full, read-only, gone. */
const UNUSABLE =
  /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM|NOLFS|AUTH)|E(ACCES|PERM|ROFS|NOSPC|NOTDIR|EXIST|DQUOT|IO|NOENT)$)/;
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

export const isBusy = (error: unknown) => codeOf(error).startsWith('SQLITE_BUSY');

export const isDamage = (error: unknown) =>
  error instanceof Database.SqliteError && DAMAGED.test(error.code);

/** The error as the trader meets it: a fault of the folder by its code, any other one unchanged. */
export function folderFault(error: unknown, folder: string): unknown {
  if (!UNUSABLE.test(codeOf(error))) return error;
  return new CodedError('folder-unusable', { folder, problem: (error as Error).message });
}
