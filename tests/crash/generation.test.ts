import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../src-main/app/datasets/generate.ts';
import { openStore } from '../../src-main/store/store.ts';
import { ChildProcess } from '../support/child-process.ts';
import { dataFolder } from '../support/data-folder.ts';
import { generatedInOneGo, PLAN } from '../support/generation.ts';

let checksums: string[];
beforeAll(async () => {
  checksums = (await generatedInOneGo()).map(({ checksum }) => checksum);
}, 60_000);

describe('an app killed during generation', () => {
  it.each([
    ['0 trades', 0],
    ['1500 trades', 0],
    ['3300 trades', 0],
    ['3300 trades', 4],
    ['3300 trades', 15],
    ['3300 trades', 40],
  ])(
    '%s and %i ms on: no dataset or all five, and it goes on where it stopped',
    async (word, after) => {
      const folder = dataFolder();
      const child = await ChildProcess.start(
        'generate-datasets.ts',
        [folder, JSON.stringify(PLAN)],
        word,
      );
      await wait(after);
      await child.kill();

      const store = openStore(folder);
      const db = new Database(join(folder, 'size-picker.db'), { readonly: true });
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      const before = store.datasets.list().length;
      expect([0, 5]).toContain(before);
      if (before === 0) expect(store.jobs.list()).toMatchObject([{ state: 'interrupted' }]);

      const reports: number[] = [];
      const { datasets } = await generate(store, PLAN, {
        run: { onProgress: (done) => reports.push(done) },
      });
      expect(datasets!.map(({ checksum }) => checksum)).toEqual(checksums);
      // What was reported before the end had been stored.
      if (before === 0) expect(reports[0]).toBeGreaterThanOrEqual(Number.parseInt(word));
      expect(db.prepare('SELECT count(*) FROM dataset_part').pluck().get()).toBe(0);
      db.close();
      store.close();
    },
  );
});

describe('a folder that cannot be written', () => {
  const natural = { ...PLAN, kind: 'natural', trades: 300, name: 'before' } as const;
  const child = join(import.meta.dirname, '../support/children/generate-datasets.ts');
  const LARGE = JSON.stringify({ ...PLAN, trades: 6_000 });

  it.skipIf(process.platform === 'win32')(
    'a full disk ends it with the dataset absent and the rest as it was',
    async () => {
      const folder = dataFolder();
      const store = openStore(folder);
      await generate(store, natural, {});
      const before = store.datasets.list();
      store.close();
      // A limit on the size of a file stands in for a disk without space: 512 bytes each.
      const command = 'ulimit -f 1600; exec "$0" "$1" "$2" "$3"';
      const words = ['-c', command, process.execPath, child, folder, LARGE];
      const { stderr, stdout } = spawnSync('sh', words, { encoding: 'utf8' });
      expect(stderr).toContain('cannot be used');
      expect(stdout).not.toContain('stored');

      const reopened = openStore(folder);
      expect(reopened.datasets.list()).toEqual(before);
      expect([...reopened.datasets.blocks('before')]).toHaveLength(1);
      reopened.close();
      const db = new Database(join(folder, 'size-picker.db'), { readonly: true });
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      db.close();
    },
  );

  // Permissions do not hold the superuser back.
  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a read-only folder ends it with the dataset absent and the rest as it was',
    async () => {
      const folder = dataFolder();
      const store = openStore(folder);
      await generate(store, natural, {});
      const before = store.datasets.list();
      store.close();
      const database = join(folder, 'size-picker.db');
      chmodSync(database, 0o444);
      chmodSync(folder, 0o555);
      const { stderr } = spawnSync(process.execPath, [child, folder, LARGE], { encoding: 'utf8' });
      chmodSync(folder, 0o755);
      chmodSync(database, 0o644);
      expect(stderr).toContain('folder-unusable');
      const reopened = openStore(folder);
      expect(reopened.datasets.list()).toEqual(before);
      reopened.close();
    },
  );
});
