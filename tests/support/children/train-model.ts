import { trainOnDataset } from '../../../src-main/app/training/train.ts';
import { openStore } from '../../../src-main/store/store.ts';
import type { TrainingPlan, TrainingRun } from '../../../src-main/contract/training.ts';

/** Train the plan argv[3] (JSON) in the data folder argv[2], saying how many epochs are kept. */
const [, , folder, plan] = process.argv as [string, string, string, string];
await trainOnDataset(openStore(folder), JSON.parse(plan) as TrainingPlan, {
  onNews: (news) => process.stdout.write(`${(news as TrainingRun).epochs.length} epochs\n`),
});
process.stdout.write('kept\n');
setInterval(() => {}, 60_000);
