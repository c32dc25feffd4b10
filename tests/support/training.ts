import { generate } from '../../src-main/app/datasets/generate.ts';
import { presetConfig } from '../../src-main/app/training/presets.ts';
import type { TrainingPlan } from '../../src-main/contract/training.ts';
import type { Store } from '../../src-main/store/store.ts';
import { PLAN } from './generation.ts';

/** A run of a few seconds on 2,000 natural trades. */
export const TRAINING: TrainingPlan = {
  kind: 'v3',
  dataset: 'few',
  name: 'challenger',
  seed: 5,
  config: { ...presetConfig('v3', 'standard'), epochs: 6, batch: 32 },
  trial: null,
};

/** Puts the dataset of `TRAINING` into a store. */
export async function withFewTrades(store: Store): Promise<void> {
  await generate(store, { ...PLAN, kind: 'natural', trades: 2_000, name: 'few' }, {});
}

/** The weights of a model as they stand in its file, with the losses of its epochs. */
export function trainedIn(store: Store, name: string) {
  const text = new TextDecoder().decode(store.models.read(name));
  const { model } = JSON.parse(text) as {
    model: { weights: string; provenance: { epochs: { validationLoss: number }[] } };
  };
  return { weights: model.weights, epochs: model.provenance.epochs };
}
