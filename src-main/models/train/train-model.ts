import { CodedError } from '../../contract/errors.ts';
import type { TrainingConfig } from '../../domain/models/kind.ts';
import type { ModelKind } from '../../domain/models/kinds.ts';
import { randomStream } from '../../domain/stats/random.ts';
import { fitBaselines } from '../baselines.ts';
import { storedModel, type StoredModel } from '../kinds.ts';
import { encodeWeights, type Provenance, type StoredFields } from '../stored-model.ts';
import { pickLearner } from '../v1/train.ts';
import { sizeLearner } from '../v2/train.ts';
import { riskLearner } from '../v3/train.ts';
import { startBackend, type BackendName } from './backend.ts';
import {
  train,
  type Checkpoint,
  type Learner,
  type LearningData,
  type TrainingHooks,
} from './loop.ts';
import type { ExitRule } from '../../domain/exits/exit-rule.ts';
import type { Examples } from './examples.ts';

/** How a kind of model learns. */
interface Learning<Own> {
  /** Whether it reads whole windows of candles, beside the summary features. */
  readonly readsWindows: boolean;
  readonly learner: (data: LearningData) => Learner<Own>;
}

const LEARNING: {
  readonly [K in ModelKind]: Learning<Omit<StoredModel<K>, 'kind' | keyof StoredFields>>;
} = {
  v1: { readsWindows: true, learner: pickLearner },
  v2: { readsWindows: true, learner: sizeLearner },
  v3: { readsWindows: false, learner: riskLearner },
};

export const readsWindows = (kind: ModelKind) => LEARNING[kind].readsWindows;

/** Share of the paths that validation keeps for itself. */
const VALIDATION_SHARE = 0.1;
const FEWEST_TRADES = 100;

export interface ModelTraining {
  readonly kind: ModelKind;
  readonly name: string;
  /** By which the examples' trades end. */
  readonly exitRule: ExitRule;
  readonly seed: number;
  readonly config: TrainingConfig;
  /** What only the caller knows of where the model comes from. */
  readonly origin: Pick<Provenance, 'fitted' | 'versions' | 'commands' | 'trainedAt'> & {
    readonly dataset: Omit<Provenance['dataset'], 'trades'>;
  };
}

/** What is known before the first epoch. */
export interface TrainingStart {
  readonly backend: BackendName;
  /** Trades on either side. */
  readonly training: number;
  readonly validation: number;
  /** Validation losses of what must be beaten, by name. */
  readonly baselineLosses: Readonly<Record<string, number>>;
}

export interface ModelHooks extends TrainingHooks {
  readonly onStart?: (start: TrainingStart) => void;
}

/**
 * Train a model of any kind on examples. Paths, not trades, are divided between training and
 * validation. A cancelled run gives the model of its best epoch. Throws `too-few-trades`,
 * `training-diverged` and, once the signal is given before the first epoch ends, `cancelled`.
 */
export async function trainModel(
  examples: Examples,
  { kind, name, exitRule, seed, config, origin }: ModelTraining,
  { onStart, ...hooks }: ModelHooks = {},
  from: Checkpoint | null = null,
): Promise<{ readonly model: StoredModel; readonly cancelled: boolean }> {
  const { training, validation } = splitByPath(examples, seed);
  const baselines = fitBaselines(examples, training);
  const backend = await startBackend();
  const data = { examples, training, validation, baselines };
  const { task, baselineLosses, stored } = LEARNING[kind].learner(data);
  onStart?.({
    backend,
    training: training.length,
    validation: validation.length,
    baselineLosses,
  });
  const { weights, epochs, cancelled } = await train(task, config, seed, hooks, from);

  const { dataset, fitted, versions, commands, trainedAt } = origin;
  const model = storedModel.parse({
    kind,
    name,
    exitRule,
    barSeconds: examples.barSeconds,
    ...stored,
    weights: encodeWeights(weights),
    baselines,
    provenance: {
      dataset: { ...dataset, trades: examples.count },
      fitted,
      seed,
      config: { ...config },
      backend,
      epochs: epochs.map(({ trainingLoss, validationLoss }) => ({ trainingLoss, validationLoss })),
      baselineLosses,
      versions,
      commands,
      trainedAt,
      scores: [],
    },
  });
  return { model, cancelled };
}

/** Rows of the trades on either side; every path lies on one. */
function splitByPath(
  { count, path }: Examples,
  seed: number,
): { training: Int32Array; validation: Int32Array } {
  const toValidation = new Map<number, boolean>();
  for (const key of path) {
    if (toValidation.has(key)) continue;
    toValidation.set(key, randomStream(seed, key).uniform() < VALIDATION_SHARE);
  }
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  const validation = rows.filter((row) => toValidation.get(path[row]!));
  const training = rows.filter((row) => !toValidation.get(path[row]!));
  for (const { length: found } of [training, validation]) {
    if (found >= FEWEST_TRADES) continue;
    throw new CodedError('too-few-trades', { found, needed: FEWEST_TRADES });
  }
  return { training, validation };
}
