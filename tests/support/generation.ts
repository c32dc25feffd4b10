import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '../../src-main/app/datasets/generate.ts';
import { openStore } from '../../src-main/store/store.ts';
import type { DatasetInfo, GenerationPlan } from '../../src-main/contract/datasets.ts';

/** A plan that is done in a few seconds: three cells of the five datasets. */
export const PLAN: GenerationPlan = {
  kind: 'by-class',
  name: null,
  trades: 1_100,
  exit: 'cross',
  seed: 3,
  leverage: 20,
  market: 'gold-h1',
};

/** What the plan comes to where one thread does it in one go. */
export async function generatedInOneGo(): Promise<readonly DatasetInfo[]> {
  const folder = mkdtempSync(join(tmpdir(), 'size-picker-test-'));
  const store = openStore(folder);
  try {
    return (await generate(store, PLAN, { threads: 1 })).datasets!;
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
}
