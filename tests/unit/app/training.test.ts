import { describe, expect, it, onTestFinished } from 'vitest';
import { openApp, type App } from '../../../src-main/app/open-app.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { exitRuleText } from '../../../src-main/domain/exits/exit-rule.ts';
import type { OwnExit } from '../../../src-main/domain/exits/own.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { PLAN } from '../../support/generation.ts';
import { TRAINING, withFewTrades } from '../../support/training.ts';
import { trainingRun, type TrainingRun } from '../../../src-main/contract/training.ts';
import type { EventName } from '../../../src-main/contract/events.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';

/** Epochs enough to be interrupted in. */
const LONG = { ...TRAINING, config: { ...TRAINING.config, epochs: 400, patience: 400, batch: 16 } };

async function folderWithTrades(): Promise<string> {
  const folder = dataFolder();
  const store = openStore(folder);
  await withFewTrades(store);
  store.close();
  return folder;
}

async function open(folder: string) {
  const app = await openApp({ dataFolder: folder, shell: 'browser' });
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= app.close());
  onTestFinished(close);
  const heard: EventName[] = [];
  app.subscribe((name) => heard.push(name));
  return { app, heard, close };
}

/** The run as it is told first where something holds of it. */
function runThat(app: App, holds: (run: TrainingRun) => boolean): Promise<TrainingRun> {
  const { promise, resolve } = Promise.withResolvers<TrainingRun>();
  const stop = app.subscribe((name, payload) => {
    if (name !== 'training.changed') return;
    const run = trainingRun.parse(payload);
    if (holds(run)) resolve(run);
  });
  return promise.finally(stop);
}
const heardOf = (app: App, wanted: EventName) =>
  new Promise<void>((resolve) => app.subscribe((name) => name === wanted && resolve()));
const ended = ({ state }: TrainingRun) => state !== 'running' && state !== 'waiting';

describe('the training room', () => {
  it('trains a model that the desk can then use, and put back', async () => {
    const { app, heard } = await open(await folderWithTrades());
    const before = (await app.handlers['models.list']({})).find(({ inUse }) => inUse)!;
    const done = runThat(app, ended);
    const started = await app.handlers['training.start'](TRAINING);
    expect(started).toMatchObject({ state: 'running', plan: TRAINING });
    expect(await done).toMatchObject({ state: 'done', model: 'challenger', phase: 'ended' });
    expect(heard).toContain('models.changed');

    const desk = async () => {
      const [series] = await app.handlers['series.list']({});
      return (await app.handlers['desk.read']({ series: series!.name, timeframe: null, bar: null }))
        .model!.name;
    };
    await app.handlers['models.use']({ name: 'challenger' });
    expect(await desk()).toBe('challenger');
    await app.handlers['models.use']({ name: before.name });
    expect(await desk()).toBe(before.name);
  });

  it('trains one at a time, and never under a name that is taken', async () => {
    const { app } = await open(await folderWithTrades());
    const first = await app.handlers['training.start'](LONG);
    await expect(
      app.handlers['training.start']({ ...TRAINING, name: 'other' }),
    ).rejects.toMatchObject({ code: 'training-busy', details: { name: LONG.name } });
    const done = runThat(app, ended);
    await runThat(app, ({ epochs }) => epochs.length > 0);
    await app.handlers['jobs.cancel']({ id: first.job });
    expect(await done).toMatchObject({ state: 'cancelled', model: LONG.name });
    await expect(async () => app.handlers['training.start'](TRAINING)).rejects.toMatchObject({
      code: 'name-taken',
    });
  });

  it('shows a run that the closing app broke off as interrupted, and goes on with it', async () => {
    const folder = await folderWithTrades();
    const { app: closing, close } = await open(folder);
    await closing.handlers['training.start'](LONG);
    await runThat(closing, ({ epochs }) => epochs.length > 1);
    await close();

    const { app } = await open(folder);
    const [run] = await app.handlers['training.list']({});
    expect(run).toMatchObject({ state: 'interrupted', model: null });
    const kept = run!.epochs.length;
    expect(kept).toBeGreaterThan(1);
    const more = runThat(app, ({ epochs }) => epochs.length > kept);
    await app.handlers['jobs.resume']({ id: run!.job });
    expect((await more).epochs.slice(0, kept)).toEqual(run!.epochs);
  });

  it('begins anew a run whose app was killed before its first word', async () => {
    const folder = await folderWithTrades();
    const store = openStore(folder);
    // As the app leaves it that is killed between the row of the job and that of the run.
    const { checksum } = store.datasets.info(TRAINING.dataset);
    const at = 1_700_000_000 as UtcSeconds;
    const row = {
      kind: 'train-model',
      title: 'Train challenger on few, cross 32/128, seed 5',
      detail: TRAINING.name,
      plan: { training: TRAINING, checksum },
      room: 'training',
      after: null,
    };
    const id = store.jobs.put(row, at);
    store.jobs.begin(id, at);
    store.close();

    const { app } = await open(folder);
    const [run] = await app.handlers['training.list']({});
    expect(run).toMatchObject({ job: id, state: 'interrupted', epochs: [] });
    const job = (await app.handlers['jobs.list']({})).find((one) => one.id === id);
    expect(job).toMatchObject({ state: 'interrupted', resumable: true });
    const done = runThat(app, ended);
    await app.handlers['jobs.resume']({ id });
    expect(await done).toMatchObject({ job: id, state: 'done', model: 'challenger' });
  });

  it('forgets an interrupted run that is discarded', async () => {
    const folder = await folderWithTrades();
    const { app: closing, close } = await open(folder);
    const { job } = await closing.handlers['training.start'](LONG);
    await runThat(closing, ({ epochs }) => epochs.length > 0);
    await close();

    const { app } = await open(folder);
    await app.handlers['jobs.discard']({ id: job });
    expect((await app.handlers['training.list']({}))[0]).toMatchObject({
      state: 'cancelled',
      phase: 'ended',
      model: null,
    });
    await expect(async () => app.handlers['jobs.resume']({ id: job })).rejects.toMatchObject({
      code: 'no-job',
    });
  });

  describe('after trades are generated for it', () => {
    const OWN: OwnExit = { kind: 'own', holding: [8, 24, 60], trades: 40, cap: 60 };
    const plan = { ...PLAN, kind: 'natural', name: 'own', trades: 2_000, exit: OWN } as const;
    const training = { ...TRAINING, dataset: 'own', name: 'V3 own' };

    it('begins by itself, on trades that end by the same rule', async () => {
      const { app } = await open(dataFolder());
      const done = runThat(app, ended);
      const job = await app.handlers['datasets.generate']({ ...plan, training });
      expect(job).toMatchObject({
        kind: 'generate-datasets',
        title: expect.stringMatching(/, own 8 to 60 bars, from 40 trades, .*, then train V3 own$/),
      });
      expect(await done).toMatchObject({ state: 'done', model: 'V3 own' });
      const models = await app.handlers['models.list']({});
      expect(models.find(({ name }) => name === 'V3 own')?.exit).toBe(exitRuleText(OWN));

      // Datasets that exist are not drawn again.
      const again = { ...training, name: 'V3 own, 2' };
      const more = runThat(app, ended);
      const next = await app.handlers['datasets.generate']({ ...plan, training: again });
      expect(next.kind).toBe('train-model');
      expect(await more).toMatchObject({ state: 'done', model: 'V3 own, 2' });
    });

    it('begins where a closed app had broken off the generating', async () => {
      const folder = dataFolder();
      const { app: closing, close } = await open(folder);
      const { id } = await closing.handlers['datasets.generate']({ ...plan, training });
      await close();
      const { app } = await open(folder);
      const done = runThat(app, ended);
      await app.handlers['jobs.resume']({ id });
      expect(await done).toMatchObject({ state: 'done', model: 'V3 own' });
    });

    it('waits for the run that is under way', async () => {
      const { app } = await open(await folderWithTrades());
      const { job } = await app.handlers['training.start'](LONG);
      const made = heardOf(app, 'datasets.changed');
      await app.handlers['datasets.generate']({ ...plan, training });
      await made;
      const done = runThat(app, (run) => run.plan.name === 'V3 own' && ended(run));
      await app.handlers['jobs.cancel']({ id: job });
      expect(await done).toMatchObject({ state: 'done', model: 'V3 own' });
    });

    it('is not forgotten by a restart while it waits for the run that is under way', async () => {
      const folder = await folderWithTrades();
      const { app: closing, close } = await open(folder);
      const { job } = await closing.handlers['training.start'](LONG);
      const made = heardOf(closing, 'datasets.changed');
      await closing.handlers['datasets.generate']({ ...plan, training });
      await made;
      const [waits] = await closing.handlers['training.list']({});
      expect(waits).toMatchObject({ state: 'waiting', plan: { name: 'V3 own' } });
      const row = (await closing.handlers['jobs.list']({})).find(({ id }) => id === waits!.job);
      expect(row).toMatchObject({ state: 'waiting', waitsFor: expect.stringMatching(LONG.name) });
      await close();

      const { app } = await open(folder);
      const done = await runThat(app, (run) => run.plan.name === 'V3 own' && ended(run));
      expect(done).toMatchObject({ state: 'done', model: 'V3 own' });
      // The one that was broken off can still go on.
      expect((await app.handlers['jobs.list']({})).find(({ id }) => id === job)).toMatchObject({
        state: 'interrupted',
        resumable: true,
      });
    });

    it('goes with the generating that is cancelled', async () => {
      const { app } = await open(dataFolder());
      const many = { ...plan, trades: 2_000_000 };
      const { id } = await app.handlers['datasets.generate']({ ...many, training });
      const [waits] = await app.handlers['training.list']({});
      expect(waits).toMatchObject({ state: 'waiting', plan: { name: 'V3 own' } });
      await app.handlers['jobs.cancel']({ id });
      await expect
        .poll(async () => (await app.handlers['jobs.list']({})).map(({ state }) => state))
        .toEqual(['cancelled', 'cancelled']);
      expect(await app.handlers['training.list']({})).toEqual([]);
    });

    it('is kept as failed, with why, where it cannot begin', async () => {
      const { app } = await open(dataFolder());
      const failed = runThat(app, ended);
      const wrong = { ...training, dataset: 'gone' };
      await app.handlers['datasets.generate']({ ...plan, training: wrong });
      expect(await failed).toMatchObject({
        state: 'failed',
        model: null,
        failure: expect.stringContaining('gone'),
      });
    });
  });

  it('says why a run failed', async () => {
    const { app } = await open(await folderWithTrades());
    const failed = runThat(app, ended);
    const config = { ...TRAINING.config, learningRate: 1, weightDecay: 10 };
    await app.handlers['training.start']({ ...TRAINING, config });
    expect(await failed).toMatchObject({
      state: 'failed',
      model: null,
      failure: expect.stringMatching(/^Training broke off in epoch \d.*lower learning rate\.$/),
    });
  });
});
