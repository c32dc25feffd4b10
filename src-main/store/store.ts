import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CodedError } from '../contract/errors.ts';
import type { UtcSeconds } from '../domain/units.ts';
import { backUp, backUpSchema, listBackups } from './backup.ts';
import { connection } from './connection.ts';
import { moveAside } from './damage.ts';
import { datasets, type Datasets } from './datasets.ts';
import { decisions, type Decisions } from './decisions.ts';
import { evaluations, type Evaluations } from './evaluations.ts';
import { folderFault, isDamage } from './faults.ts';
import { jobs, type Jobs } from './jobs.ts';
import { journalEntries, type JournalEntries } from './journal-entries.ts';
import { lockFolder } from './lock.ts';
import { markets, type Markets } from './markets.ts';
import { migrate, refuseNewer, schemaOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { models, type Models } from './models.ts';
import { parts, type Parts } from './parts.ts';
import { seriesStore, type SeriesStore } from './series.ts';
import { settingsStore, type SettingsStore } from './settings.ts';
import { statements, type Statements } from './statements.ts';
import { trainingRuns, type TrainingRuns } from './training-runs.ts';

/** Everything that is kept in the trader's data folder. */
export interface Store {
  readonly folder: string;
  readonly series: SeriesStore;
  readonly settings: SettingsStore;
  readonly decisions: Decisions;
  readonly statements: Statements;
  readonly journalEntries: JournalEntries;
  readonly models: Models;
  readonly datasets: Datasets;
  readonly parts: Parts;
  readonly markets: Markets;
  readonly trainingRuns: TrainingRuns;
  readonly evaluations: Evaluations;
  readonly jobs: Jobs;
  /** What `work` writes through this store is one transaction: all of it or nothing. */
  together(work: () => void): void;
  /** Copy the store into folder/backups while it is in use; returns the copy's path. */
  backup(now: UtcSeconds): Promise<string>;
  /** Close the file and give the folder free. */
  close(): void;
}

const fileOf = (folder: string) => join(folder, 'size-picker.db');

/**
 * Open the store of a data folder for this process alone, making or migrating it where needed.
 * Read-only: no lock and no migration, beside another process that writes.
 * Throws `folder-locked`, `folder-unusable`, `store-newer`, `store-damaged`.
 */
export function openStore(folder: string, options: { readonly?: boolean } = {}): Store {
  return codedFor(folder, () => (options.readonly ? openToRead(folder) : openToWrite(folder)));
}

/** A further connection (of a worker thread) while this process holds the folder open. */
export function connectStore(folder: string): Store {
  return codedFor(folder, () => {
    return assemble(folder, new Database(fileOf(folder), { fileMustExist: true }), () => {});
  });
}

function openToWrite(folder: string): Store {
  mkdirSync(folder, { recursive: true });
  const release = lockFolder(folder);
  try {
    const store = assemble(folder, openSound(folder), release);
    store.jobs.interruptRunning();
    return store;
  } catch (error) {
    release();
    throw error;
  }
}

/** Open the file at the newest schema; a damaged one is moved aside. */
function openSound(folder: string): Database.Database {
  const file = fileOf(folder);
  let db: Database.Database | undefined;
  try {
    if (existsSync(file)) inspect(folder, file);
    const opened = new Database(file);
    db = opened;
    opened.pragma('journal_mode = WAL');
    opened.pragma('synchronous = FULL');
    migrate(opened, MIGRATIONS, (schema) => backUpSchema(folder, opened, schema));
    return opened;
  } catch (error) {
    db?.close();
    if (!isDamage(error)) throw error;
    throw moveAside(folder, file, (error as Error).message);
  }
}

/** Look before writing: a connection that only reads leaves a newer or damaged file as it is. */
function inspect(folder: string, file: string): void {
  // An empty file is a new store, unless there are backups of what it held.
  if (statSync(file).size === 0 && listBackups(folder).length > 0) {
    throw new Database.SqliteError('the file is empty', 'SQLITE_CORRUPT');
  }
  const db = new Database(file, { readonly: true });
  try {
    refuseNewer(db, MIGRATIONS.length);
    const check = db.pragma('quick_check(1)', { simple: true }) as string;
    if (check !== 'ok') throw new Database.SqliteError(check, 'SQLITE_CORRUPT');
  } finally {
    db.close();
  }
}

function openToRead(folder: string): Store {
  const file = fileOf(folder);
  if (!existsSync(file)) {
    throw new CodedError('folder-unusable', { folder, problem: 'it holds no store yet' });
  }
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    refuseNewer(db, MIGRATIONS.length);
    if (schemaOf(db) < MIGRATIONS.length) {
      const problem = 'an older Size Picker wrote it; open it once for writing';
      throw new CodedError('folder-unusable', { folder, problem });
    }
    return assemble(folder, db, () => {});
  } catch (error) {
    db.close();
    if (!isDamage(error)) throw error;
    // Only who may write moves it aside and brings a backup.
    const problem = `its database is damaged (${(error as Error).message}); start the app once to set it aside`;
    throw new CodedError('folder-unusable', { folder, problem });
  }
}

function assemble(folder: string, db: Database.Database, release: () => void): Store {
  const shared = connection(folder, db);
  return {
    folder,
    series: seriesStore(shared),
    settings: settingsStore(shared),
    decisions: decisions(shared),
    statements: statements(shared),
    journalEntries: journalEntries(shared),
    models: models(shared),
    datasets: datasets(shared),
    parts: parts(shared),
    markets: markets(shared),
    trainingRuns: trainingRuns(shared),
    evaluations: evaluations(shared),
    jobs: jobs(shared),
    together: (work) => shared.write(work)(),
    backup: (now) => backUp(folder, db, now),
    close: () => {
      db.close();
      release();
    },
  };
}

function codedFor(folder: string, open: () => Store): Store {
  try {
    return open();
  } catch (error) {
    throw folderFault(error, folder);
  }
}
