import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { interruptedTraining, trainOnDataset } from '../../src-main/app/training/train.ts';
import { openStore } from '../../src-main/store/store.ts';
import { ChildProcess } from '../support/child-process.ts';
import { dataFolder } from '../support/data-folder.ts';
import { trainedIn, TRAINING, withFewTrades } from '../support/training.ts';

let inOneGo: ReturnType<typeof trainedIn>;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'size-picker-test-'));
  const store = openStore(folder);
  await withFewTrades(store);
  await trainOnDataset(store, TRAINING, {});
  inOneGo = trainedIn(store, TRAINING.name);
  store.close();
  rmSync(folder, { recursive: true });
}, 60_000);

it.each(['0 epochs', '1 epochs', '4 epochs'])(
  'an app killed after %s shows the run as interrupted and ends it with the same weights',
  async (word) => {
    const folder = dataFolder();
    const before = openStore(folder);
    await withFewTrades(before);
    before.close();
    const child = await ChildProcess.start(
      'train-model.ts',
      [folder, JSON.stringify(TRAINING)],
      word,
    );
    await child.kill();

    const store = openStore(folder);
    const [job] = store.jobs.list();
    expect(job).toMatchObject({ kind: 'train-model', state: 'interrupted' });
    expect(store.models.list()).toEqual([]);
    const kept = store.trainingRuns.find(job!.id)!.epochs.length;
    expect(kept).toBeGreaterThanOrEqual(Number.parseInt(word));

    const resumes = interruptedTraining(store, TRAINING);
    expect(resumes).toBe(job!.id);
    const { run } = await trainOnDataset(store, TRAINING, {}, resumes);
    expect(run).toMatchObject({ model: TRAINING.name, job: job!.id });
    expect(trainedIn(store, TRAINING.name)).toEqual(inOneGo);
    expect(store.jobs.list()).toMatchObject([{ id: job!.id, state: 'done' }, {}]);
    expect(store.trainingRuns.checkpoint(job!.id)).toBeNull();
    store.close();
  },
);
