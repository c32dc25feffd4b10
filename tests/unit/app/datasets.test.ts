import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openApp, type App } from '../../../src-main/app/open-app.ts';
import { answer } from '../../../src-main/contract/transport.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { PLAN } from '../../support/generation.ts';
import { WHOLE } from '../../../src-main/contract/datasets.ts';
import { openStore } from '../../../src-main/store/store.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';
import type { CallName, CallOutput } from '../../../src-main/contract/calls.ts';
import type { JobInfo } from '../../../src-main/contract/jobs.ts';

async function open(folder = dataFolder()): Promise<App> {
  const app = await openApp({ dataFolder: folder, shell: 'browser' });
  onTestFinished(() => app.close());
  return app;
}

/** Calls as a window does: by name and payload, through the contract's one door. */
async function ask<Name extends CallName>(app: App, name: Name, payload: unknown) {
  const told = await answer(app.handlers, name, payload);
  if (!told.ok) throw Object.assign(new Error(told.fault.happened), told.fault);
  return told.value as CallOutput<Name>;
}

const coded = (code: string) => expect.objectContaining({ code });
const NATURAL = { ...PLAN, kind: 'natural', name: 'walk', trades: 6_000 } as const;

/** Every word that the windows hear of jobs until one has ended. */
function untilEnd(app: App): Promise<JobInfo[]> {
  const heard: JobInfo[] = [];
  return new Promise((resolve) => {
    const stop = app.subscribe((name, payload) => {
      if (name !== 'jobs.changed') return;
      heard.push(payload as JobInfo);
      if (heard.at(-1)!.state === 'running') return;
      stop();
      resolve(heard);
    });
  });
}

async function generated(app: App, plan: object = NATURAL) {
  const ended = untilEnd(app);
  const job = await ask(app, 'datasets.generate', plan);
  return { job, heard: await ended };
}

describe('generating in the app', () => {
  it('is estimated from a sample drawn here: trades, time and room', async () => {
    const app = await open();
    const told = await ask(app, 'datasets.estimate', { ...PLAN, trades: 100_000 });
    expect(told.names).toEqual([
      'small_v2_100k',
      'mid_v2_100k',
      'big_v2_100k',
      'balanced_v2_100k',
      'reinforcement_v2_200k',
    ]);
    expect(told.taken).toEqual([]);
    expect(told.trades).toBe(300_000);
    // One in fifteen or so is mid.
    expect(told.simulated).toBeGreaterThan(1e6);
    expect(told.simulated).toBeLessThan(3e6);
    expect(told.seconds).toBeGreaterThan(1);
    expect(told.bytes / 600_000).toBeLessThan(200);
  });

  it('is a job that is heard of until it is done, and then its datasets are there', async () => {
    const app = await open();
    const { job, heard } = await generated(app, PLAN);
    expect(job).toMatchObject({ state: 'running', unit: 'trades', resumable: false });
    expect(job.title).toMatch(/3,300 accepted trades, cross 32\/128, seed 3/);
    expect(heard.at(-1)).toMatchObject({ id: job.id, state: 'done', progress: 1 });
    const list = await ask(app, 'datasets.list', {});
    expect(list.map(({ trades }) => trades)).toEqual([1_100, 1_100, 1_100, 1_089, 2_211]);
    expect(list[3]!.command).toBe('size-picker generate v2 --per-class 1100 --exit cross --seed 3');
    expect((await ask(app, 'datasets.estimate', PLAN)).taken).toHaveLength(5);
    await expect(ask(app, 'datasets.generate', { ...PLAN, seed: 4 })).rejects.toThrow(
      coded('name-taken'),
    );
  });

  it('is not started twice', async () => {
    const app = await open();
    const ended = untilEnd(app);
    await ask(app, 'datasets.generate', PLAN);
    await expect(ask(app, 'datasets.generate', PLAN)).rejects.toThrow(coded('name-taken'));
    await ended;
    await expect(ask(app, 'datasets.generate', PLAN)).rejects.toThrow(/is there already/);
    expect(await ask(app, 'datasets.list', {})).toHaveLength(5);
  });

  it('cancelled leaves nothing; one that does not run cannot be cancelled', async () => {
    const app = await open();
    const ended = untilEnd(app);
    const { id } = await ask(app, 'datasets.generate', { ...PLAN, trades: 50_000 });
    await ask(app, 'jobs.cancel', { id });
    expect((await ended).at(-1)).toMatchObject({ id, state: 'cancelled' });
    expect(await ask(app, 'datasets.list', {})).toEqual([]);
    await expect(ask(app, 'jobs.cancel', { id })).rejects.toThrow(coded('no-job'));
  });

  it('that cannot be done is told with the reason', async () => {
    const app = await open();
    const { heard } = await generated(app, { ...PLAN, leverage: 2 });
    expect(heard.at(-1)).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/1.80 oz/),
    });
    await expect(ask(app, 'datasets.generate', { ...NATURAL, name: null })).rejects.toThrow(
      /needs a name/,
    );
    await expect(ask(app, 'datasets.generate', { ...PLAN, trades: 9 })).rejects.toThrow(
      /at least 10/,
    );
  });

  it('that an earlier version began goes on: it called the plan v2', async () => {
    const folder = dataFolder();
    const store = openStore(folder);
    const plan = { plan: { ...PLAN, kind: 'v2' }, shard: WHOLE, training: null };
    const words = { kind: 'generate-datasets', title: 'Generate', detail: '' };
    const id = store.jobs.put({ ...words, plan, room: null, after: null }, 0 as UtcSeconds);
    store.jobs.begin(id, 0 as UtcSeconds);
    store.close();
    const app = await open(folder);
    expect(await ask(app, 'jobs.list', {})).toMatchObject([
      { id, state: 'interrupted', resumable: true },
    ]);
    const { job } = await generated(app, PLAN);
    expect(job.id).toBe(id);
    expect(await ask(app, 'datasets.list', {})).toHaveLength(5);
  });

  it('is interrupted by closing, and goes on or is discarded at the next start', async () => {
    const folder = dataFolder();
    const plan = { ...PLAN, trades: 8_000 };
    const first = await openApp({ dataFolder: folder, shell: 'browser' });
    const { id } = await ask(first, 'datasets.generate', plan);
    await first.close();

    const second = await openApp({ dataFolder: folder, shell: 'browser' });
    expect(await ask(second, 'jobs.list', {})).toMatchObject([
      { id, state: 'interrupted', resumable: true },
    ]);
    const resumed = await ask(second, 'jobs.resume', { id });
    expect(resumed).toMatchObject({ id, state: 'running' });
    await second.close();

    const third = await open(folder);
    await ask(third, 'jobs.discard', { id });
    expect(await ask(third, 'jobs.list', {})).toMatchObject([
      { id, state: 'cancelled', resumable: false },
    ]);
    await expect(ask(third, 'jobs.resume', { id })).rejects.toThrow(coded('no-job'));
    await expect(ask(third, 'jobs.discard', { id })).rejects.toThrow(coded('no-job'));
  });
});

describe('looking into a dataset', () => {
  it('gives pages of rows, of all trades or of one class, across blocks', async () => {
    const app = await open();
    await generated(app);
    const page = (first: number, count: number, sizeClass: string | null = null) =>
      ask(app, 'datasets.trades', { name: 'walk', first, count, sizeClass });
    const { total, trades } = await page(4_000, 200);
    expect(total).toBe(6_000);
    expect(trades.map(({ row }) => row)).toEqual(Array.from({ length: 200 }, (_, i) => 4_000 + i));
    expect((await page(5_990, 200)).trades).toHaveLength(10);
    expect((await page(6_000, 10)).trades).toEqual([]);

    const [info] = await ask(app, 'datasets.list', {});
    const mid = await page(0, 500, 'mid');
    expect(mid.total).toBe(info!.mix.mid);
    const rest = await page(100, 500, 'mid');
    expect(rest.trades).toEqual(mid.trades.slice(100));
    expect(new Set(mid.trades.map(({ sizeClass }) => sizeClass))).toEqual(new Set(['mid']));
    expect(mid.trades.at(-1)!.row).toBeGreaterThan(4_096);
  });

  it('gives a trade with its candles and the outcome of every size', async () => {
    const app = await open();
    await generated(app);
    const { trade, bars, outcomes } = await ask(app, 'datasets.trade', {
      name: 'walk',
      row: 4_200,
    });
    expect(bars.first).toBe(trade.entry - 127);
    expect(bars.close[127]).toBe(trade.entryPrice);
    expect(bars.close.length).toBeGreaterThan(128 + trade.exit - trade.entry);
    expect(outcomes).toHaveLength(30);
    expect(outcomes.filter(({ feasible }) => feasible)).toHaveLength(trade.feasible);
    const survived = outcomes.filter((one) => one.feasible && one.liquidatedAt === null);
    expect(survived).toHaveLength(trade.survivors);
    const returns = outcomes.map((one) => one.return ?? -Infinity);
    expect(returns.indexOf(Math.max(...returns)) + 1).toBe(trade.best);
    await expect(ask(app, 'datasets.trade', { name: 'walk', row: 6_000 })).rejects.toThrow(
      /6000 trades/,
    );
    await expect(ask(app, 'datasets.trade', { name: 'none', row: 0 })).rejects.toThrow(
      coded('no-dataset'),
    );
  });

  it('deletes and brings back, until the app closes', async () => {
    const folder = dataFolder();
    const app = await openApp({ dataFolder: folder, shell: 'browser' });
    await generated(app);
    const before = await ask(app, 'datasets.list', {});
    await ask(app, 'datasets.delete', { name: 'walk' });
    expect(await ask(app, 'datasets.list', {})).toEqual([]);
    await ask(app, 'datasets.restore', { name: 'walk' });
    expect(await ask(app, 'datasets.list', {})).toEqual(before);
    await ask(app, 'datasets.delete', { name: 'walk' });
    await app.close();
    const later = await open(folder);
    await expect(ask(later, 'datasets.restore', { name: 'walk' })).rejects.toThrow(
      coded('no-dataset'),
    );
  });

  it('writes it into the exports of the data folder', async () => {
    const app = await open();
    await generated(app);
    const { file } = await ask(app, 'datasets.export', {
      name: 'walk',
      format: 'csv',
      windows: false,
    });
    expect(file).toMatch(/exports[/\\]walk\.csv$/);
    expect(existsSync(file)).toBe(true);
  });
});
