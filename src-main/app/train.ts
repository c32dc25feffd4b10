import { createRequire } from 'node:module';
import { trainV3, V3_CONFIG, type V3Hooks } from '../models/v3/train.ts';
import { writeModelFile, type StoredModel } from '../models/model-file.ts';
import { openRiskNet } from '../models/v3/risk-net.ts';
import { isoTime } from '../domain/time.ts';
import { judge, type Trial } from './evaluate.ts';
import { openDataset } from './datasets.ts';
import { saveModel } from './model-registry.ts';
import { readVersion } from './resources.ts';
import type { Bars } from '../domain/bars.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { Store } from '../store/store.ts';

export interface TrainingPlan {
  readonly name: string;
  readonly dataset: string;
  readonly seed: number;
  /** The command that asks for it, kept as provenance. */
  readonly command: string;
  /** Real bars that the finished model is judged on for its provenance. */
  readonly trial: {
    readonly series: string;
    readonly from: UtcSeconds;
    readonly to: UtcSeconds;
  } | null;
}

/** Epochs of a run that is not ended early. */
export const LONGEST_RUN = V3_CONFIG.epochs;

const TRIAL_EVERY = 3;
const TRIAL_SEED = 1;

/** Trains V3 on a stored dataset, judges it where a trial is given, keeps it and gives its file. */
export async function trainOnDataset(
  store: Store,
  plan: TrainingPlan,
  now: UtcSeconds,
  hooks: V3Hooks,
): Promise<{ model: StoredModel; file: string }> {
  const { origin, checksum, reader, command } = openDataset(store, plan.dataset);
  const trained = await trainV3(
    reader,
    {
      name: plan.name,
      exitRule: origin.spec.exit,
      seed: plan.seed,
      config: V3_CONFIG,
      origin: {
        dataset: { description: JSON.stringify(origin), checksum },
        versions: versions(),
        commands: [command, plan.command],
        trainedAt: now,
      },
    },
    hooks,
  );
  const model = plan.trial
    ? judged(trained, plan.trial, store.series.bars(plan.trial.series))
    : trained;
  const file = writeModelFile(model);
  saveModel(store, model, file);
  return { model, file };
}

function judged(
  model: StoredModel,
  trial: NonNullable<TrainingPlan['trial']>,
  bars: Bars,
): StoredModel {
  const plan: Trial = {
    ...trial,
    bars,
    exit: model.exitRule,
    every: TRIAL_EVERY,
    seed: TRIAL_SEED,
  };
  const { trades, groups } = judge(openRiskNet(model), plan);
  const scores = {
    series: trial.series,
    from: isoTime(trades[0]!.time),
    to: isoTime(trades.at(-1)!.time),
    models: groups[0]!.models.map(({ name, scores: { logLoss, brier, auc, ece } }) => ({
      model: name,
      logLoss,
      brier,
      auc: Number.isNaN(auc) ? null : auc,
      ece,
    })),
  };
  return { ...model, provenance: { ...model.provenance, scores: [scores] } };
}

function versions(): Record<string, string> {
  const { version } = createRequire(import.meta.url)('@tensorflow/tfjs-core/package.json') as {
    version: string;
  };
  return { 'size-picker': readVersion(), node: process.versions.node, tfjs: version };
}
