import { CodedError } from '../../contract/errors.ts';
import type { ModelKind } from '../../contract/models.ts';
import { randomStream } from '../../domain/stats/random.ts';
import { startBackend } from './backend.ts';
import { fitBaselines } from '../baselines.ts';
import { encodeWeights, type Provenance, type StoredModel } from '../model-file.ts';
import { train, type Checkpoint, type TrainingConfig, type TrainingHooks } from './training.ts';
import { pickTarget } from '../v1/target.ts';
import { sizeTarget } from '../v2/target.ts';
import { riskLearner } from '../v3/learner.ts';
import { meanReturnAtEdges } from '../v3/mean-return.ts';
import { windowLearner } from './window-learner.ts';
import type { ExitRule } from '../../domain/exits/exit-rule.ts';
import type { Examples } from './examples.ts';

/** Share of the paths that validation keeps for itself. */
const VALIDATION_SHARE = 0.1;
const FEWEST_TRADES = 100;

/** Whether a kind reads whole windows of candles, beside the summary features. */
export const readsWindows = (kind: ModelKind) => kind !== 'v3';

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
  readonly backend: 'wasm' | 'native';
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
  const { task, baselineLosses, stored } =
    kind === 'v3'
      ? riskLearner(examples, training, validation, baselines)
      : windowLearner(
          examples,
          training,
          validation,
          kind === 'v1' ? pickTarget(examples, training) : sizeTarget(examples, training),
        );
  onStart?.({
    backend,
    training: training.length,
    validation: validation.length,
    baselineLosses,
  });
  const { weights, epochs, cancelled } = await train(task, config, seed, hooks, from);

  const { dataset, fitted, versions, commands, trainedAt } = origin;
  const common = {
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
  };
  const model: StoredModel =
    kind === 'v3'
      ? { kind, ...common, meanReturn: meanReturnAtEdges(examples, training) }
      : { kind, ...common };
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
