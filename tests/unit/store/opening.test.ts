import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CodedError } from '../../../src-main/contract/errors.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';
import { backUpSchema } from '../../../src-main/store/backup.ts';
import { migrate, schemaOf, type Migration } from '../../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { connectStore, openStore, type Store } from '../../../src-main/store/store.ts';
import { ChildProcess } from '../../support/child-process.ts';
import { at, barsAt } from '../../support/candle-files.ts';
import { dataFolder } from '../../support/data-folder.ts';

const NOW = 1_700_000_000 as UtcSeconds;
const DATABASE = 'size-picker.db';

function faultOf(work: () => unknown): CodedError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(CodedError);
    return error as CodedError;
  }
  throw new Error('nothing was thrown');
}

function open(folder: string): Store {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return store;
}

/** A folder with a series of 20,000 bars. */
async function filledFolder(backups: 'with a backup' | 'without a backup') {
  const folder = dataFolder();
  const store = openStore(folder);
  const times = Array.from({ length: 20_000 }, (_, i) => at('2020-01-01 00:00:00') + i * 3600);
  const source = { sourceName: 'gold.csv', sourceSha256: '', synthetic: false } as const;
  const series = { name: 'gold', symbol: 'XAUUSD', timeframe: 'H1', clock: 'utc' } as const;
  store.series.add({ ...series, ...source }, barsAt(times));
  if (backups === 'with a backup') await store.backup(NOW);
  store.close();
  return folder;
}

describe('a data folder', () => {
  it('is made where there is none', () => {
    const folder = join(dataFolder(), 'new', 'folder');
    expect(open(folder).series.list()).toEqual([]);
    expect(existsSync(join(folder, DATABASE))).toBe(true);
  });

  it('that cannot be used says so', () => {
    const file = join(dataFolder(), 'file');
    writeFileSync(file, '');
    const fault = faultOf(() => openStore(join(file, 'folder')));
    expect(fault.code).toBe('folder-unusable');
    expect(fault.details.folder).toBe(join(file, 'folder'));
  });

  it.skipIf(process.platform === 'win32')('on a full disk says so, and keeps nothing', () => {
    const folder = dataFolder();
    // A limit on the size of a file stands in for a disk without space.
    const child = join(import.meta.dirname, '../../support/children/add-bars.ts');
    const command = `ulimit -f 2048; exec "$0" "$1" "$2"`;
    const { stdout } = spawnSync('sh', ['-c', command, process.execPath, child, folder], {
      encoding: 'utf8',
    });
    expect(stdout).toContain('folder-unusable');
    expect(open(folder).series.list()).toEqual([]);
  });

  it('can be read beside the process that writes it', async () => {
    const folder = await filledFolder('without a backup');
    const writer = open(folder);
    const reader = openStore(folder, { readonly: true });
    onTestFinished(() => reader.close());
    expect(reader.series.list()).toEqual(writer.series.list());
    expect(faultOf(() => reader.settings.write({ theme: 'dark' })).code).toBe('folder-unusable');
  });

  it('without a store cannot be opened for reading', () => {
    const folder = join(dataFolder(), 'none');
    expect(faultOf(() => openStore(folder, { readonly: true })).code).toBe('folder-unusable');
    expect(existsSync(folder)).toBe(false);
  });
});

describe('the lock', () => {
  it('keeps a second process out and names the first', async () => {
    const folder = dataFolder();
    const holder = await ChildProcess.start('hold-folder.ts', [folder], 'open');
    const fault = faultOf(() => openStore(folder));
    expect(fault.code).toBe('folder-locked');
    expect(fault.details.pid).toBe(String(holder.pid));
    await holder.kill();
  });

  it('goes with the process that held it, even by kill -9', async () => {
    const folder = dataFolder();
    const holder = await ChildProcess.start('hold-folder.ts', [folder], 'open');
    await holder.kill();
    expect(open(folder).series.list()).toEqual([]);
  });

  it('keeps the same process from opening twice, but not its worker threads', () => {
    const folder = dataFolder();
    const store = openStore(folder);
    expect(faultOf(() => openStore(folder)).details.pid).toBe(String(process.pid));
    const second = connectStore(folder);
    second.markets.save({ name: 'gold', json: 1 });
    second.close();
    expect(store.markets.list()).toEqual(['gold']);
    store.close();
    open(folder);
  });
});

describe('migrations', () => {
  const people: Migration = (db) => db.exec('CREATE TABLE person (name TEXT)');
  const age: Migration = (db) => db.exec('ALTER TABLE person ADD COLUMN age INTEGER');
  const faulty: Migration = (db) => {
    db.exec('CREATE TABLE half (done INTEGER)');
    throw new Error('faulty');
  };
  const memory = () => {
    const db = new Database(':memory:');
    onTestFinished(() => {
      db.close();
    });
    return db;
  };

  it('run in order, each once, after a backup of what is there', () => {
    const db = memory();
    const backups: number[] = [];
    migrate(db, [people], (schema) => backups.push(schema));
    expect(backups).toEqual([]);
    db.exec(`INSERT INTO person VALUES ('Ada')`);
    migrate(db, [people, age], (schema) => backups.push(schema));
    migrate(db, [people, age], (schema) => backups.push(schema));
    expect(backups).toEqual([1]);
    expect(schemaOf(db)).toBe(2);
    expect(db.prepare('SELECT * FROM person').all()).toEqual([{ name: 'Ada', age: null }]);
  });

  it('leave nothing of one that fails', () => {
    const db = memory();
    expect(() => migrate(db, [people, faulty, age], () => {})).toThrow('faulty');
    expect(schemaOf(db)).toBe(1);
    expect(db.prepare(`SELECT name FROM sqlite_master`).pluck().all()).toEqual(['person']);
  });

  it('do not begin without a backup', () => {
    const db = memory();
    migrate(db, [people], () => {});
    const full = () => {
      throw new Error('disk full');
    };
    expect(() => migrate(db, [people, age], full)).toThrow('disk full');
    expect(schemaOf(db)).toBe(1);
  });

  it('are refused on the file of a newer Size Picker, which stays as it is', async () => {
    const folder = await filledFolder('without a backup');
    const db = new Database(join(folder, DATABASE));
    db.pragma(`user_version = ${MIGRATIONS.length + 1}`);
    db.close();
    const before = readFileSync(join(folder, DATABASE));
    for (const options of [{}, { readonly: true }]) {
      const fault = faultOf(() => openStore(folder, options));
      expect(fault.code).toBe('store-newer');
      expect(fault.details).toEqual({ found: MIGRATIONS.length + 1, known: MIGRATIONS.length });
    }
    expect(readFileSync(join(folder, DATABASE)).equals(before)).toBe(true);
  });
});

describe('a damaged file', () => {
  const scribble = (folder: string, position: number) => {
    const file = openSync(join(folder, DATABASE), 'r+');
    writeSync(file, Buffer.alloc(8_192, 0x5a), 0, 8_192, position);
    closeSync(file);
  };
  const DAMAGE: [string, (folder: string) => void][] = [
    ['its first page overwritten', (folder) => scribble(folder, 0)],
    ['a page inside overwritten', (folder) => scribble(folder, 16_384)],
    ['cut off', (folder) => truncateSync(join(folder, DATABASE), 100_000)],
    [
      'another file altogether',
      (folder) => writeFileSync(join(folder, DATABASE), 'time,open\n'.repeat(500)),
    ],
  ];

  it.each(DAMAGE)(
    '%s: it is moved aside, and the newest backup takes its place',
    async (_, damage) => {
      const folder = await filledFolder('with a backup');
      damage(folder);
      const damaged = readFileSync(join(folder, DATABASE));
      const fault = faultOf(() => openStore(folder));
      expect(fault.code).toBe('store-damaged');
      const { aside, recovery } = fault.details;
      expect(readFileSync(join(String(aside), DATABASE)).equals(damaged)).toBe(true);
      expect(recovery).toBe('the backup size-picker-2023-11-14T22-13-20.db');
      expect(open(folder).series.list()).toMatchObject([{ name: 'gold', bars: 20_000 }]);
    },
  );

  it.each(DAMAGE)('%s: without a backup the next start begins anew', async (_, damage) => {
    const folder = await filledFolder('without a backup');
    damage(folder);
    const fault = faultOf(() => openStore(folder));
    expect(fault.details.recovery).toBe('an empty store');
    expect(statSync(join(String(fault.details.aside), DATABASE)).size).toBeGreaterThan(0);
    expect(open(folder).series.list()).toEqual([]);
  });

  it('is left where it is by whoever only reads, and said to be damaged', () => {
    const folder = dataFolder();
    open(folder).close();
    const file = openSync(join(folder, DATABASE), 'r+');
    writeSync(file, Buffer.alloc(64, 'x'), 0, 64, 0);
    closeSync(file);
    const before = readFileSync(join(folder, DATABASE));
    const fault = faultOf(() => openStore(folder, { readonly: true }));
    expect(fault.code).toBe('folder-unusable');
    expect(fault.message).toContain('its database is damaged');
    expect(readFileSync(join(folder, DATABASE)).equals(before)).toBe(true);
  });

  it('of no bytes counts as damaged where there is a backup', async () => {
    const folder = await filledFolder('with a backup');
    truncateSync(join(folder, DATABASE), 0);
    expect(faultOf(() => openStore(folder)).code).toBe('store-damaged');
    expect(open(folder).series.list()).toHaveLength(1);
  });

  it('is not replaced by a backup that is damaged too', async () => {
    const folder = await filledFolder('with a backup');
    const store = openStore(folder);
    const newer = await store.backup((NOW + 3600) as UtcSeconds);
    store.close();
    truncateSync(newer, 50_000);
    scribble(folder, 0);
    expect(faultOf(() => openStore(folder)).details.recovery).toBe(
      'the backup size-picker-2023-11-14T22-13-20.db',
    );
  });
});

describe('backups', () => {
  it('hold what was stored, of a store in use', async () => {
    const folder = await filledFolder('without a backup');
    const store = open(folder);
    store.markets.save({ name: 'gold', json: 1 });
    const db = new Database(await store.backup(NOW), { readonly: true });
    onTestFinished(() => {
      db.close();
    });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.prepare('SELECT bars FROM series').pluck().get()).toBe(20_000);
    expect(db.prepare('SELECT name FROM market').pluck().get()).toBe('gold');
  });

  it('before a new schema hold the file as the old one left it', async () => {
    const folder = await filledFolder('without a backup');
    const db = new Database(join(folder, DATABASE));
    const path = backUpSchema(folder, db, 1);
    db.exec('DROP TABLE series_source');
    db.close();
    expect(path).toBe(join(folder, 'backups', 'size-picker-schema-1.db'));
    const backup = new Database(path, { readonly: true });
    onTestFinished(() => {
      backup.close();
    });
    expect(schemaOf(backup)).toBe(MIGRATIONS.length);
    expect(backup.prepare('SELECT added FROM series_source').pluck().get()).toBe(20_000);
  });

  it('are kept five at a time, the newest', async () => {
    const folder = dataFolder();
    const store = open(folder);
    for (let n = 0; n < 7; n++) {
      const path = await store.backup((NOW + n) as UtcSeconds);
      utimesSync(path, NOW + n, NOW + n);
    }
    expect(readdirSync(join(folder, 'backups')).toSorted()).toEqual(
      [22, 23, 24, 25, 26].map((second) => `size-picker-2023-11-14T22-13-${second}.db`),
    );
  });
});
