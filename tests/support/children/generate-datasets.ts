import { generate } from '../../../src-main/app/datasets/generate.ts';
import { openStore } from '../../../src-main/store/store.ts';
import type { GenerationPlan } from '../../../src-main/contract/datasets.ts';

/** Generate the plan argv[3] (JSON) in the data folder argv[2], saying how far it is, and stay. */
const [, , folder, plan] = process.argv as [string, string, string, string];
const onProgress = (done: number) => process.stdout.write(`${done} trades\n`);
const job = JSON.parse(plan) as GenerationPlan;
await generate(openStore(folder), job, { run: { onProgress } });
process.stdout.write('stored\n');
setInterval(() => {}, 60_000);
