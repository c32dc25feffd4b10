import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CodedError } from '../contract/errors.ts';
import { isSound, listBackups } from './backup.ts';

/**
 * Move a damaged store into a folder of its own, put the newest good backup in its place and say
 * so. Nothing is deleted. The log moves first: beside a new file SQLite would replay it.
 */
export function moveAside(folder: string, file: string, problem: string): CodedError {
  const aside = freeFolder(folder);
  mkdirSync(aside);
  for (const path of [`${file}-wal`, `${file}-shm`, file]) {
    if (existsSync(path)) renameSync(path, join(aside, basename(path)));
  }
  const backup = listBackups(folder).find(isSound);
  if (backup) {
    copyFileSync(backup, `${file}.part`);
    renameSync(`${file}.part`, file);
  }
  const recovery = backup ? `the backup ${basename(backup)}` : 'an empty store';
  return new CodedError('store-damaged', { problem, aside, recovery });
}

function freeFolder(folder: string): string {
  let n = 1;
  while (existsSync(join(folder, `damaged-${n}`))) n += 1;
  return join(folder, `damaged-${n}`);
}
