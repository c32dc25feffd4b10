import Database from 'better-sqlite3';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../../../src-main/app/open-app.ts';
import {
  CALL_NAMES,
  callOf,
  type CallName,
  type CallRequest,
} from '../../../src-main/contract/calls.ts';
import { CodedError } from '../../../src-main/contract/errors.ts';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { DEFAULT_APPETITE } from '../../../src-main/domain/risk/decision.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { PLAN } from '../../support/generation.ts';
import { TRAINING, withFewTrades } from '../../support/training.ts';
import type { Money, Ounces, UtcSeconds } from '../../../src-main/domain/units.ts';

/** Every call, whatever state the data folder is in: it answers by its schema, or with a code. */

const DEMO = 'Synthetic demo';
const account = {
  equity: 500 as Money,
  rules: STUDY_RULES,
  appetite: DEFAULT_APPETITE,
  fixed: 1.5 as Ounces,
  ofDecisions: 'recorded' as const,
};
const filter = { source: null, account: null, direction: null, outcome: null, text: '' };
const sort = { by: 'entry' as const, descending: false };
const upload = '4b3c1f52-0000-4000-8000-000000000000';
const statement = { goldNames: [], contract: null, clock: 'auto' as const, account: null };
const candles = { symbol: 'XAUUSD', clock: 'utc' as const };
const inDemo = { series: DEMO, timeframe: null };
const span = {
  series: DEMO,
  from: (Date.UTC(2023, 5, 1) / 1000) as UtcSeconds,
  to: (Date.UTC(2023, 6, 1) / 1000) as UtcSeconds,
};
const position = {
  direction: 'long' as const,
  equity: 500 as Money,
  rules: STUDY_RULES,
};
const FEW = { ...PLAN, kind: 'natural' as const, trades: 200, name: 'new' };
/** Nothing can be written below it. */
const NOWHERE = '/dev/null/nowhere';

/** One plausible wish of each call: a call without one is a compile error. */
const WISHES: { readonly [Name in CallName]: CallRequest<Name> } = {
  'app.about': {},
  'app.newWindow': {},
  'settings.read': {},
  'settings.write': { theme: 'light' },
  'series.list': {},
  'series.bars': { ...inDemo, first: 0, count: 10 },
  'series.barAt': { ...inDemo, closedAt: span.from },
  'series.importFile': { file: NOWHERE, settings: candles, commit: true },
  'series.simulate': {
    ...span,
    exit: 'cross',
    every: 3,
    equity: 500 as Money,
    rules: STUDY_RULES,
    seed: 1,
    file: join(NOWHERE, 'trades.csv'),
  },
  'series.writeDemo': { market: 'gold-h1', seed: 1, file: join(NOWHERE, 'demo.csv') },
  'desk.read': { ...inDemo, bar: null },
  'desk.recommend': {
    bars: { series: DEMO },
    at: null,
    ...position,
    appetite: DEFAULT_APPETITE,
    policy: 'largest-safe',
  },
  'trades.follow': {
    ...inDemo,
    ...position,
    entry: 500,
    upTo: 900,
    rule: { kind: 'cross', fast: 32, slow: 128, cap: 720 },
    holding: null,
  },
  'trades.holding': {
    ...inDemo,
    bar: 900,
    direction: 'long',
    rule: { kind: 'cross', fast: 32, slow: 128, cap: 720 },
  },
  'feeds.read': {},
  'feeds.start': { kind: 'file', path: NOWHERE, symbol: 'XAUUSD', clock: 'auto' },
  'feeds.stop': {},
  'feeds.reconnect': {},
  'feeds.token': {},
  'feeds.keepToken': { token: 'a-token' },
  'models.list': {},
  'models.use': { name: 'V3-cross-gold-2022' },
  'models.export': { name: 'V3-cross-gold-2022' },
  'models.exportTo': { name: 'V3-cross-gold-2022', file: join(NOWHERE, 'model.json') },
  'models.import': { upload },
  'models.importFile': { file: NOWHERE },
  'decisions.list': {},
  'decisions.record': {
    ...inDemo,
    ...position,
    bar: 900,
    appetite: DEFAULT_APPETITE,
    policy: 'largest-safe',
  },
  'journal.review': { account, filter, sort, first: 0, count: 50 },
  'journal.trade': { key: 'd1', account },
  'journal.ownExits': { account: null },
  'journal.alarm': {},
  'journal.watchAnew': {},
  'journal.write': { key: 'd1', kind: 'note', entry: 'seen' },
  'journal.export': { query: { account, filter, sort }, format: 'csv' },
  'journal.exportTo': {
    query: { account, filter, sort },
    format: 'csv',
    file: join(NOWHERE, 'journal.csv'),
  },
  'statements.list': {},
  'statements.preview': { upload, settings: statement },
  'statements.commit': { upload, settings: statement },
  'statements.undo': { id: 1 },
  'statements.importFile': { file: NOWHERE, settings: statement, commit: true },
  'import.stage': { upload: null, fileName: 'bars.csv', piece: 'dGltZQo=' },
  'import.preview': { upload, settings: candles },
  'import.commit': { upload, settings: candles },
  'import.discard': { upload },
  'markets.fit': { series: 'none', until: null, name: 'demo', file: null },
  'datasets.list': {},
  'datasets.estimate': FEW,
  'datasets.generate': FEW,
  'datasets.make': { ...FEW, name: 'made', shard: { number: 1, of: 1 }, take: null, threads: 1 },
  'datasets.trades': { name: 'few', first: 0, count: 10, sizeClass: null },
  'datasets.trade': { name: 'few', row: 3 },
  'datasets.delete': { name: 'few' },
  'datasets.restore': { name: 'few' },
  'datasets.export': { name: 'few', format: 'csv', windows: false },
  'datasets.exportTo': { name: 'few', file: join(NOWHERE, 'few.csv'), windows: false },
  'datasets.import': { upload },
  'datasets.importFile': { file: NOWHERE },
  'training.presets': {},
  'training.start': { ...TRAINING, config: { ...TRAINING.config, epochs: 1 } },
  'training.run': {
    plans: [{ ...TRAINING, name: 'again', config: { ...TRAINING.config, epochs: 1 } }],
  },
  'training.list': {},
  'court.judge': { ...span, every: 24, seed: 1, models: ['V3-cross-gold-2022'] },
  'court.judgeOnce': {
    ...span,
    exit: 'cross',
    every: 24,
    seed: 1,
    models: ['V3-cross-gold-2022'],
    predictions: null,
    report: null,
  },
  // What takes a minute is asked of a series that is not there.
  'court.walkForward': {
    series: 'none',
    exit: 'cross',
    every: 3,
    seed: 1,
    trades: 2_000,
    fromYear: null,
  },
  'court.list': {},
  'court.read': { id: 1 },
  'court.report': { id: 1, format: 'json' },
  'jobs.list': {},
  'jobs.cancel': { id: 1 },
  'jobs.resume': { id: 1 },
  'jobs.discard': { id: 1 },
  'facts.read': { series: 'none' },
};
/** Reads come first: what a call writes is not there for the ones before it. */
const CALLS_IN_ORDER = CALL_NAMES.toSorted(
  (a, b) => Number(callOf(a).writes ?? false) - Number(callOf(b).writes ?? false),
);

const cleanups: (() => unknown)[] = [];
const afterFile = (work: () => unknown) => void cleanups.push(work);
afterAll(async () => {
  for (const work of cleanups.reverse()) await work();
});

/** A folder with a dataset and a decision, made once. */
const filled = mkdtempSync(join(tmpdir(), 'size-picker-filled-'));
beforeAll(async () => {
  const store = openStore(filled);
  await withFewTrades(store);
  store.close();
  const app = await openApp({ dataFolder: filled, shell: 'browser' });
  await ask(app, 'decisions.record');
  await app.close();
});
afterAll(() => rmSync(filled, { recursive: true }));

function folderLike(folder: string | null): string {
  const copy = mkdtempSync(join(tmpdir(), 'size-picker-call-'));
  afterFile(() => rmSync(copy, { recursive: true, force: true }));
  if (folder) cpSync(folder, copy, { recursive: true });
  return copy;
}
async function ask(app: App, name: CallName): Promise<unknown> {
  const input = callOf(name).in.parse(WISHES[name]);
  return (app.handlers[name] as (input: unknown) => unknown)(input);
}

/** "ok", or the code of the fault; anything that has no code fails the test with what it is. */
async function outcomeOf(app: App, name: CallName): Promise<string> {
  try {
    await ask(app, name);
    return 'ok';
  } catch (error) {
    if (error instanceof CodedError && error.code !== 'internal') return error.code;
    throw error;
  }
}

interface State {
  readonly name: string;
  readonly open: () => Promise<App>;
}

const opened = async (folder: string, options: Partial<Parameters<typeof openApp>[0]> = {}) => {
  const app = await openApp({ dataFolder: folder, shell: 'browser', ...options });
  afterFile(() => app.close());
  return app;
};

const STATES: readonly State[] = [
  { name: 'an empty folder', open: () => opened(folderLike(null)) },
  { name: 'a folder in use', open: () => opened(folderLike(filled)) },
  {
    name: 'a folder with a job that runs',
    open: async () => {
      const app = await opened(folderLike(filled));
      const long = { ...TRAINING.config, epochs: 400, patience: 400, batch: 16 };
      await app.handlers['training.start']({ ...TRAINING, name: 'long', config: long });
      return app;
    },
  },
  {
    name: 'a folder whose rows were damaged under the app',
    open: async () => {
      const folder = folderLike(filled);
      const app = await opened(folder);
      const db = new Database(join(folder, 'size-picker.db'));
      db.exec(`
        DELETE FROM bar_block WHERE first > 0;
        UPDATE dataset_block SET bytes = x'00ff';
      `);
      db.close();
      return app;
    },
  },
];

describe.each(STATES)('in $name', ({ open }) => {
  let app: App;
  beforeAll(async () => {
    app = await open();
  });

  it.each(CALLS_IN_ORDER)('%s answers by its schema, or with a code', async (name) => {
    expect(await outcomeOf(app, name)).not.toBe('');
  });
});

describe('in a folder that another app has open', () => {
  let reader: App;
  let folder: string;
  beforeAll(async () => {
    folder = folderLike(filled);
    await opened(folder);
    reader = await opened(folder, { readonly: true, shell: 'command-line' });
  });

  it('a second app is refused', async () => {
    await expect(openApp({ dataFolder: folder, shell: 'browser' })).rejects.toMatchObject({
      code: 'folder-locked',
    });
  });

  it.each(CALLS_IN_ORDER)('%s is refused exactly where it writes', async (name) => {
    const outcome = await outcomeOf(reader, name);
    if (callOf(name).writes) expect(outcome).toBe('read-only');
    else expect(outcome).not.toBe('read-only');
  });
});
