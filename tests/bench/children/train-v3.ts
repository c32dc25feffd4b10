import { presetConfig } from '../../../src-main/app/training/presets.ts';
import { trainOnDataset } from '../../../src-main/app/training/train.ts';
import { openStore } from '../../../src-main/store/store.ts';
import type { TrainingRun } from '../../../src-main/contract/training.ts';

/** Trains V3 on the dataset "bench" of a data folder, as the app does, and tells how long it took. */
const [, , folder, name] = process.argv as [string, string, string, string];
const store = openStore(folder);
const start = performance.now();
const seconds = () => (performance.now() - start) / 1000;
let read = 0;
const { run } = await trainOnDataset(
  store,
  {
    kind: 'v3',
    name,
    dataset: 'bench',
    seed: 1,
    // All 8 epochs, however the validation goes.
    config: { ...presetConfig('v3', 'standard'), patience: 8 },
    trial: null,
  },
  {
    onNews: (news) => {
      if ((news as TrainingRun).phase === 'training') read ||= seconds();
    },
  },
);
console.log(
  JSON.stringify({
    backend: run.backend,
    seconds: seconds(),
    read,
    epochs: run.epochs.length,
    trades: run.trades!.training + run.trades!.validation,
  }),
);
store.close();
