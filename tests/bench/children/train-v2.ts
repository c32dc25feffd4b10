import { startBackend } from '../../../src-main/models/train/backend.ts';
import { train } from '../../../src-main/models/train/loop.ts';
import { randomSizeTask } from '../../support/random-examples.ts';

/** Trains V2's net on random trades and tells the samples/s of each epoch, as JSON. */
const [rows, epochs] = process.argv.slice(2).map(Number) as [number, number];
const task = randomSizeTask(rows + 1, 1);
const config = { epochs, batch: 512, learningRate: 1e-3, weightDecay: 0.01, patience: epochs };
const backend = await startBackend();
const rates: number[] = [];
let start = performance.now();
await train(task, config, 1, {
  onEpoch: () => {
    const now = performance.now();
    rates.push((rows / (now - start)) * 1000);
    start = now;
  },
});
console.log(JSON.stringify({ backend, rates }));
