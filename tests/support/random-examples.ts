import { randomStream } from '../../src-main/domain/stats/random.ts';
import { SIZE_COUNT } from '../../src-main/domain/size.ts';
import { emptyExamples, type Examples } from '../../src-main/models/train/examples.ts';
import { sizeTarget } from '../../src-main/models/v2/train.ts';
import { fitWindowScaler } from '../../src-main/models/window.ts';
import { windowTask } from '../../src-main/models/train/window-learner.ts';
import type { Task } from '../../src-main/models/train/loop.ts';

/** Windows and outcomes by chance, in which there is nothing to learn but how often sizes die. */
function randomExamples(count: number): Examples {
  const random = randomStream(1);
  const examples = emptyExamples(count, 3600, true);
  const { windows, weight, feasible, survivors, returns } = examples;
  for (let i = 0; i < windows!.length; i++) windows![i] = random.uniform() - 0.5;
  for (let row = 0; row < count; row++) {
    weight[row] = 1;
    feasible[row] = 15 + random.integerBelow(SIZE_COUNT - 14);
    survivors[row] = random.integerBelow(feasible[row]! + 1);
    for (let size = 0; size < feasible[row]!; size++) {
      returns[row * SIZE_COUNT + size] = 0.1 * (random.uniform() - 0.5);
    }
  }
  return examples;
}

/** V2's net and loss on `count` random trades, `validating` of which are kept for validation. */
export function randomSizeTask(count: number, validating: number): Task {
  const examples = randomExamples(count);
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const training = rows.subarray(validating);
  const scaler = fitWindowScaler(examples.windows!, training);
  const target = sizeTarget(examples, training);
  return windowTask(examples, training, rows.subarray(0, validating), scaler, target);
}
