import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../src-main/app/generate.ts';
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
