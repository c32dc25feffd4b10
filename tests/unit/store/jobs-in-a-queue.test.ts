import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';

it('a file of schema 4 keeps its jobs and their runs, and gives no number twice', () => {
  const folder = dataFolder();
  const db = new Database(join(folder, 'size-picker.db'));
  migrate(db, MIGRATIONS.slice(0, 4), () => {});
  const insert = db.prepare(
    `INSERT INTO job (id, kind, state, progress, started, ended, detail, title, plan)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  insert.run(
    3,
    'generate-datasets',
    'interrupted',
    0.4,
    100,
    null,
    'few',
    'Generate',
    '{"seed":7}',
  );
  insert.run(5, 'train-model', 'done', 1, 200, 260, 'V3', 'Train V3', null);
  insert.run(9, 'judge-models', 'failed', 0, 300, 310, 'no room', 'Judge V3', null);
  db.prepare('DELETE FROM job WHERE id = 9').run();
  const run = { job: 5, plan: { name: 'V3' } };
  db.prepare('INSERT INTO training_run VALUES (?, ?, ?)').run(
    5,
    JSON.stringify(run),
    Buffer.from([1, 2, 3]),
  );
  db.close();

  const store = openStore(folder);
  onTestFinished(() => store.close());
  const free = { room: null, after: null };
  expect(store.jobs.list()).toEqual([
    {
      id: 5,
      kind: 'train-model',
      state: 'done',
      progress: 1,
      started: 200,
      ended: 260,
      detail: 'V3',
      title: 'Train V3',
      plan: null,
      room: 'training',
      after: null,
    },
    {
      id: 3,
      kind: 'generate-datasets',
      state: 'interrupted',
      progress: 0.4,
      started: 100,
      ended: null,
      detail: 'few',
      title: 'Generate',
      plan: { seed: 7 },
      ...free,
    },
  ]);
  expect(store.trainingRuns.find(5)).toEqual(run);
  expect([...store.trainingRuns.checkpoint(5)!]).toEqual([1, 2, 3]);
  const next = { kind: 'a', title: 'b', detail: 'c', plan: null, ...free };
  expect(store.jobs.put(next, 400 as UtcSeconds)).toBe(10);
});
