import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrate, schemaOf } from '../../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';

const DATASET = {
  id: 1,
  name: 'v2',
  spec: '{"seed":7}',
  checksum: 'c0ffee',
  trades: 30_000,
  mix: '{"small":0.5}',
  columns: Buffer.from([0, 255, 7]),
};
const JOB = {
  id: 1,
  kind: 'train',
  state: 'done',
  progress: 1,
  started: 100,
  ended: 150,
  detail: 'v3',
};

/** A folder as the first schema left it, with a dataset and a job. */
function folderOfSchema1(): string {
  const folder = dataFolder();
  const db = new Database(join(folder, 'size-picker.db'));
  migrate(db, MIGRATIONS.slice(0, 1), () => {});
  db.prepare(
    `INSERT INTO dataset VALUES (@id, @name, @spec, @checksum, @trades, @mix, @columns)`,
  ).run(DATASET);
  db.prepare(
    `INSERT INTO job VALUES (@id, @kind, @state, @progress, @started, @ended, @detail)`,
  ).run(JOB);
  db.close();
  return folder;
}

function read(...path: string[]) {
  const db = new Database(join(...path), { readonly: true });
  onTestFinished(() => {
    db.close();
  });
  return db;
}

describe('a file of schema 1', () => {
  it('keeps its datasets under another name, and they are no longer listed', () => {
    const folder = folderOfSchema1();
    const store = openStore(folder);
    onTestFinished(() => store.close());
    const db = read(folder, 'size-picker.db');
    expect(schemaOf(db)).toBe(MIGRATIONS.length);
    expect(db.prepare('SELECT * FROM dataset_without_outcomes').all()).toEqual([DATASET]);
    expect(store.datasets.list()).toEqual([]);
  });

  it('does not hold the names of its datasets from new ones', () => {
    const { datasets, close } = openStore(folderOfSchema1());
    onTestFinished(close);
    const block = {
      trades: 1,
      classes: { small: 1, mid: 0, big: 0 },
      bytes: new Uint8Array([1]),
    };
    datasets.save('v2', [block], () => ({ info: {} as never, origin: null }));
    expect(datasets.counts('v2')).toEqual([{ trades: 1, small: 1, mid: 0, big: 0 }]);
  });

  it('keeps its jobs, which have no title and nothing to go on with', () => {
    const { jobs, close } = openStore(folderOfSchema1());
    onTestFinished(close);
    const later = { title: '', plan: null, room: null, after: null };
    expect(jobs.list()).toEqual([{ ...JOB, ...later }]);
  });

  it('is backed up as it was', () => {
    const folder = folderOfSchema1();
    openStore(folder).close();
    const backup = read(folder, 'backups', 'size-picker-schema-1.db');
    expect(schemaOf(backup)).toBe(1);
    expect(backup.prepare('SELECT * FROM dataset').all()).toEqual([DATASET]);
    expect(backup.prepare('SELECT * FROM job').all()).toEqual([JOB]);
  });
});
