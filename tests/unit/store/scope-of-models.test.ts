import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';

it('a file of schema 5 keeps its models; what they answer for is written down once it is known', () => {
  const folder = dataFolder();
  const db = new Database(join(folder, 'size-picker.db'));
  migrate(db, MIGRATIONS.slice(0, 5), () => {});
  db.prepare(
    `INSERT INTO model (name, kind, exit, trained_at, trades, bundled, in_use, file)
     VALUES ('mine', 'v3', 'cross 32/128', 100, 30000, 0, 1, CAST('weights' AS BLOB))`,
  ).run();
  db.close();

  const store = openStore(folder);
  onTestFinished(() => store.close());
  const mine = {
    name: 'mine',
    kind: 'v3',
    exit: 'cross 32/128',
    trainedAt: 100,
    trades: 30_000,
    bundled: false,
    inUse: true,
  };
  expect(store.models.list()).toEqual([{ ...mine, scope: null }]);
  expect(new TextDecoder().decode(store.models.read('mine'))).toBe('weights');
  const scope = { fitted: null, timeframe: 'H1', exitRule: { kind: 'hold', shortest: 1, cap: 9 } };
  store.models.keepScope('mine', scope as never);
  expect(store.models.list()).toEqual([{ ...mine, scope }]);
  expect(() => store.models.keepScope('none', scope as never)).toThrow(/no model named "none"/);
});
