import { describe, expect, it, onTestFinished } from 'vitest';
import type { ErrorCode } from '../../../src-main/contract/errors.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';
import type { NewJob } from '../../../src-main/store/jobs.ts';
import { openStore, type Store } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';

/** A job that runs. */
function begun(jobs: Store['jobs'], job: NewJob, seconds: number): number {
  const id = jobs.put(job, at(seconds));
  jobs.begin(id, at(seconds));
  return id;
}

const at = (seconds: number) => seconds as UtcSeconds;
const coded = (code: ErrorCode) => expect.objectContaining({ code }) as Error;

function open(folder = dataFolder()): Store {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return store;
}

/** Any may run beside any, after none. */
const FREE = { room: null, after: null };
const IMPORT = {
  kind: 'import',
  title: 'Import candles',
  detail: 'gold.csv',
  plan: null,
  ...FREE,
};
const GENERATE = {
  kind: 'generate',
  title: 'Generate 30,000 trades',
  detail: 'v2',
  plan: { seed: 7, exits: ['cross'] },
  ...FREE,
};

/** A store whose app went while a job was a quarter done. */
function interrupted(): { store: Store; id: number } {
  const folder = dataFolder();
  const killed = openStore(folder);
  const id = begun(killed.jobs, GENERATE, 100);
  killed.jobs.progress(id, 0.25);
  killed.close();
  return { store: open(folder), id };
}

describe('jobs', () => {
  it('are listed newest first with what they are and what became of them', () => {
    const { jobs } = open();
    const first = begun(jobs, GENERATE, 100);
    const second = begun(jobs, IMPORT, 200);
    jobs.progress(first, 0.25);
    jobs.end(first, 'failed', 'out of memory', at(150));
    jobs.end(second, 'done', 'gold.csv', at(210));
    const done = { ...IMPORT, id: second, state: 'done', progress: 1, started: 200, ended: 210 };
    const failed = {
      ...GENERATE,
      id: first,
      state: 'failed',
      progress: 0.25,
      started: 100,
      ended: 150,
      detail: 'out of memory',
    };
    expect(jobs.list()).toEqual([done, failed]);
    expect(jobs.find(first)).toEqual(failed);
    expect(jobs.find(second + 1)).toBeNull();
  });

  it('run from the start', () => {
    const { jobs } = open();
    const id = begun(jobs, GENERATE, 100);
    const running = { ...GENERATE, id, state: 'running', progress: 0, started: 100, ended: null };
    expect(jobs.find(id)).toEqual(running);
  });

  it('stay as they ended', () => {
    const { jobs } = open();
    const id = begun(jobs, IMPORT, 100);
    jobs.end(id, 'cancelled', 'gold.csv', at(150));
    const ended = jobs.find(id);
    jobs.progress(id, 0.5);
    jobs.end(id, 'done', 'other.csv', at(160));
    expect(ended).toMatchObject({ state: 'cancelled', progress: 0, ended: 150 });
    expect(jobs.find(id)).toEqual(ended);
  });
});

describe('a job that still ran when the app went', () => {
  it('is interrupted, with all that it takes to go on', () => {
    const { store, id } = interrupted();
    expect(store.jobs.list()).toEqual([
      { ...GENERATE, id, state: 'interrupted', progress: 0.25, started: 100, ended: null },
    ]);
  });

  it('runs again from where it was when it is resumed, and can end', () => {
    const { store, id } = interrupted();
    store.jobs.resume(id);
    expect(store.jobs.find(id)).toMatchObject({ state: 'waiting', progress: 0.25, ended: null });
    store.jobs.begin(id, at(250));
    const running = { state: 'running', progress: 0.25, started: 100, ended: null };
    expect(store.jobs.find(id)).toMatchObject(running);
    store.jobs.end(id, 'done', 'v2', at(300));
    expect(store.jobs.find(id)).toMatchObject({ state: 'done', progress: 1, ended: 300 });
  });

  it('is cancelled when it is dismissed', () => {
    const { store, id } = interrupted();
    store.jobs.dismiss(id, at(300));
    expect(store.jobs.find(id)).toMatchObject({ state: 'cancelled', progress: 0.25, ended: 300 });
  });

  it('is resumed or dismissed once', () => {
    const resumed = interrupted();
    resumed.store.jobs.resume(resumed.id);
    const dismissed = interrupted();
    dismissed.store.jobs.dismiss(dismissed.id, at(300));
    for (const { store, id } of [resumed, dismissed]) {
      const before = store.jobs.find(id);
      expect(() => store.jobs.resume(id)).toThrow(coded('no-job'));
      expect(() => store.jobs.dismiss(id, at(400))).toThrow(coded('no-job'));
      expect(store.jobs.find(id)).toEqual(before);
    }
  });
});

describe('only an interrupted job', () => {
  it.each(['unknown', 'running', 'done'])(
    'is resumed or dismissed, not one that is %s',
    (state) => {
      const { jobs } = open();
      const id = state === 'unknown' ? 1 : begun(jobs, GENERATE, 100);
      if (state === 'done') jobs.end(id, 'done', 'v2', at(150));
      const before = jobs.list();
      expect(() => jobs.resume(id)).toThrow(coded('no-job'));
      expect(() => jobs.dismiss(id, at(200))).toThrow(coded('no-job'));
      expect(jobs.list()).toEqual(before);
    },
  );
});
