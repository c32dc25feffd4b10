import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CodedError } from '../contract/errors.ts';
import type { UtcSeconds } from '../domain/units.ts';
import { folderFault } from './faults.ts';

const KEPT = 5;

export const backupFolder = (folder: string) => join(folder, 'backups');

/** Backups, newest first. */
export function listBackups(folder: string): string[] {
  const backups = backupFolder(folder);
  if (!existsSync(backups)) return [];
  return readdirSync(backups)
    .filter((name) => name.endsWith('.db'))
    .map((name) => ({ path: join(backups, name), at: statSync(join(backups, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at || b.path.localeCompare(a.path))
    .map(({ path }) => path);
}

/** Whether the database in `path` opens and every page of it holds together. */
export function isSound(path: string): boolean {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { fileMustExist: true });
    // A single file, without a write-ahead log that could be left behind.
    db.pragma('journal_mode = DELETE');
    return db.pragma('integrity_check', { simple: true }) === 'ok';
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

/** Copy the open store while it is in use; returns the backup's path. Keeps the newest five. */
export async function backUp(
  folder: string,
  db: Database.Database,
  now: UtcSeconds,
): Promise<string> {
  const time = new Date(now * 1000).toISOString().slice(0, 19).replaceAll(':', '-');
  try {
    const part = newPart(folder);
    await db.backup(part);
    return keep(folder, part, `size-picker-${time}.db`);
  } catch (error) {
    throw folderFault(error, folder);
  }
}

/** Copy the store before its schema changes, at once. */
export function backUpSchema(folder: string, db: Database.Database, schema: number): string {
  const part = newPart(folder);
  db.prepare('VACUUM INTO ?').run(part);
  return keep(folder, part, `size-picker-schema-${schema}.db`);
}

/** Where a backup is written until it is proven. */
function newPart(folder: string): string {
  mkdirSync(backupFolder(folder), { recursive: true });
  const part = join(backupFolder(folder), 'unfinished.part');
  rmSync(part, { force: true });
  return part;
}

function keep(folder: string, part: string, name: string): string {
  if (!isSound(part)) {
    rmSync(part, { force: true });
    throw new CodedError('folder-unusable', { folder, problem: 'a backup came out unreadable' });
  }
  const path = join(backupFolder(folder), name);
  renameSync(part, path);
  for (const old of listBackups(folder).slice(KEPT)) rmSync(old);
  return path;
}
