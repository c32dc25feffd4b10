import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CodedError } from '../contract/errors.ts';
import { isBusy } from './faults.ts';

/** Locks that are held: a handle that nothing refers to is collected, and its lock goes with it. */
const held = new Set<Database.Database>();

/**
 * Take the data folder for this process; returns the release. The lock is SQLite's own on a small
 * file beside the store: the system drops it with the process, however that ends. The text file
 * only tells another app whose it is.
 */
export function lockFolder(folder: string): () => void {
  const owner = join(folder, 'lock.pid');
  const lock = new Database(join(folder, 'lock.db'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new CodedError('folder-locked', { folder, pid: ownerOf(owner) });
  }
  try {
    writeFileSync(owner, String(process.pid));
  } catch (error) {
    lock.close();
    throw error;
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    rmSync(owner, { force: true });
    lock.close();
  };
}

function ownerOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
