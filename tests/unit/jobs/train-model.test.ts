import { describe, expect, it, onTestFinished } from 'vitest';
import { interruptedTraining, trainOnDataset } from '../../../src-main/app/training/train.ts';
import { openStore, type Store } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { randomWalk } from '../models/fixtures.ts';
import { trainedIn, TRAINING, withFewTrades } from '../../support/training.ts';
import type { TrainingRun } from '../../../src-main/contract/training.ts';

const coded = (code: string) => expect.objectContaining({ code });

async function open(): Promise<Store> {
  const store = openStore(dataFolder());
  onTestFinished(() => store.close());
  await withFewTrades(store);
  return store;
}

describe('a run of training', () => {
  it('keeps the model, and the run with every epoch, and says where it stands', async () => {
    const store = await open();
    const heard: TrainingRun[] = [];
    const { run } = await trainOnDataset(store, TRAINING, {
      onNews: (news) => heard.push(news as TrainingRun),
    });
    expect(run).toMatchObject({ phase: 'ended', model: 'challenger', failure: null });
    expect(run.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(run.trades!.training + run.trades!.validation).toBe(2_000);
    expect(Object.keys(run.baselineLosses)).toContain('volatility rule');
    expect([...new Set(heard.map(({ phase }) => phase))]).toEqual(['reading', 'training', 'ended']);
    // One cycle: up over the first third, then down to almost nothing.
    expect(run.schedule).toHaveLength(101);
    expect(run.schedule.indexOf(Math.max(...run.schedule))).toBe(30);
    expect(run.schedule.at(-1)).toBeLessThan(run.schedule[0]!);

    expect(store.models.list()).toMatchObject([
      { name: 'challenger', kind: 'v3', exit: 'cross 32/128', trades: 2_000 },
    ]);
    expect(trainedIn(store, 'challenger').epochs).toHaveLength(6);
    expect(store.jobs.list()[0]).toMatchObject({ kind: 'train-model', state: 'done', progress: 1 });
    expect(store.trainingRuns.list()).toHaveLength(1);
  });

  it('told to stop keeps the best epoch so far as a model', async () => {
    const store = await open();
    const stop = new AbortController();
    const { run } = await trainOnDataset(store, TRAINING, {
      signal: stop.signal,
      onNews: (news) => (news as TrainingRun).epochs.length >= 2 && stop.abort(),
    });
    expect(run.model).toBe('challenger');
    expect(run.epochs.length).toBeLessThan(6);
    expect(store.models.list()).toHaveLength(1);
    expect(store.jobs.list()[0]).toMatchObject({ state: 'cancelled' });
  });

  it('told to stop before an epoch has ended keeps nothing', async () => {
    const store = await open();
    const stop = new AbortController();
    const slow = { ...TRAINING, config: { ...TRAINING.config, batch: 16, epochs: 500 } };
    const run = trainOnDataset(store, slow, {
      signal: stop.signal,
      onNews: () => stop.abort(),
    });
    await expect(run).rejects.toThrow(coded('cancelled'));
    expect(store.models.list()).toEqual([]);
    expect(store.jobs.list()[0]).toMatchObject({ state: 'cancelled' });
    expect(store.trainingRuns.list()).toMatchObject([{ model: null, failure: null }]);
  });

  it('that diverges ends with a clear state and no model', async () => {
    const store = await open();
    const wild = { ...TRAINING, config: { ...TRAINING.config, learningRate: 1, weightDecay: 10 } };
    const config = { ...wild.config, learningRate: 1 };
    const run = trainOnDataset(store, { ...wild, config }, {});
    await expect(run).rejects.toThrow(coded('training-diverged'));
    expect(store.models.list()).toEqual([]);
    expect(store.jobs.list()[0]).toMatchObject({
      state: 'failed',
      detail: expect.stringMatching(/^Training broke off in epoch \d.*lower learning rate\.$/),
    });
    expect(store.trainingRuns.list()[0]!.failure).toMatch(/Training broke off/);
  });

  it('goes on only on the trades that it was started on', async () => {
    const store = await open();
    const interrupted = (checksum: string) => {
      const plan = { training: TRAINING, checksum };
      const words = { kind: 'train-model', title: '', detail: '' };
      const id = store.jobs.put({ ...words, plan, room: 'training', after: null }, 0 as never);
      store.jobs.begin(id, 0 as never);
      store.jobs.interruptRunning();
      return id;
    };
    const other = interrupted('of a dataset that had this name before');
    expect(interruptedTraining(store, TRAINING)).toBeNull();
    await expect(trainOnDataset(store, TRAINING, {}, other)).rejects.toThrow(coded('bad-argument'));
    const same = interrupted(store.datasets.find(TRAINING.dataset)!.checksum);
    expect(interruptedTraining(store, TRAINING)).toBe(same);
  });

  it('is not trained for a judgement that cannot be', async () => {
    const store = await open();
    const about = { symbol: 'XAUUSD', timeframe: 'H1', clock: 'utc', synthetic: false } as const;
    const bars = randomWalk(700, 1);
    store.series.add({ ...about, name: 'short', sourceName: 'short', sourceSha256: '' }, bars);
    const { from, to } = store.series.info('short');
    const run = trainOnDataset(store, { ...TRAINING, trial: { series: 'short', from, to } }, {});
    await expect(run).rejects.toThrow(coded('too-few-trades'));
    expect(store.trainingRuns.list()).toMatchObject([{ epochs: [], model: null }]);
  });

  it('takes neither numbers that no run can have nor the name of a rule', async () => {
    const store = await open();
    const refused = (plan: typeof TRAINING, code: string) =>
      expect(trainOnDataset(store, plan, {})).rejects.toThrow(coded(code));
    await refused({ ...TRAINING, config: { ...TRAINING.config, batch: 100_000 } }, 'bad-argument');
    await refused({ ...TRAINING, name: '  ' }, 'bad-argument');
    await refused({ ...TRAINING, name: 'volatility rule' }, 'name-taken');
    expect(store.jobs.list().filter(({ kind }) => kind === 'train-model')).toEqual([]);
  });

  it('is refused before it begins where its name, its dataset or its trades are not right', async () => {
    const store = await open();
    await trainOnDataset(store, { ...TRAINING, config: { ...TRAINING.config, epochs: 1 } }, {});
    const refused = (changed: Partial<typeof TRAINING>, code: string) =>
      expect(trainOnDataset(store, { ...TRAINING, ...changed }, {})).rejects.toThrow(coded(code));
    await refused({}, 'name-taken');
    await refused({ name: 'new', dataset: 'absent' }, 'no-dataset');
    expect(store.jobs.list().filter(({ kind }) => kind === 'train-model')).toHaveLength(1);
    expect(store.models.list()).toHaveLength(1);
  });
});
