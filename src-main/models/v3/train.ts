import { CodedError } from '../../contract/errors.ts';
import { RISK_FEATURE_COUNT, RISK_FEATURE_NAMES } from '../../domain/features.ts';
import { randomStream } from '../../domain/random.ts';
import { baselineRules, fitBaselines, type Baselines } from '../baselines.ts';
import { encodeWeights, type Provenance, type StoredModel } from '../model-file.ts';
import { fitScaler, standardise } from '../scaler.ts';
import { train, type TrainingConfig, type TrainingHooks } from '../training.ts';
import { readExamples, type RiskExamples } from './examples.ts';
import { meanReturnAtEdges } from './mean-return.ts';
import { riskTask } from './task.ts';
import { validationLoss } from './validation-loss.ts';
import type { TradeReader } from '../../datasets/reader.ts';
import type { ExitRule } from '../../domain/exit-rule.ts';

/**
 * The study's net and length of training. The weight decay is strong because the paths are
 * synthetic: with a tenth of it the net fits them better and real gold worse.
 */
export const V3_CONFIG: TrainingConfig = {
  epochs: 8,
  batch: 512,
  learningRate: 0.005,
  weightDecay: 0.3,
  patience: 4,
};
const HIDDEN = [32, 32];
/** Share of the paths that validation keeps for itself. */
const VALIDATION_SHARE = 0.1;
const FEWEST_TRADES = 100;

export interface V3Training {
  readonly name: string;
  /** By which the reader's trades end. */
  readonly exitRule: ExitRule;
  readonly seed: number;
  readonly config: TrainingConfig;
  /** What only the caller knows of where the model comes from. */
  readonly origin: Pick<Provenance, 'versions' | 'commands' | 'trainedAt'> & {
    readonly dataset: Omit<Provenance['dataset'], 'trades'>;
  };
}

export interface V3Hooks extends TrainingHooks {
  /** Before the first epoch: trades on either side, and the validation losses to be beaten. */
  readonly onStart?: (start: {
    readonly training: number;
    readonly validation: number;
    readonly baselineLosses: Provenance['baselineLosses'];
  }) => void;
}

/**
 * Train the risk curve on a dataset's trades. Paths, not trades, are divided between training and
 * validation. Throws `too-few-trades`, `training-diverged` and, once the signal is given, `cancelled`.
 */
export async function trainV3(
  reader: TradeReader,
  { name, exitRule, seed, config, origin }: V3Training,
  { onStart, ...hooks }: V3Hooks = {},
): Promise<StoredModel> {
  const examples = readExamples(reader, exitRule);
  const { training, validation } = splitByPath(examples, seed);

  const baselines = fitBaselines(examples, training);
  const baselineLosses = lossesOf(baselines, examples, validation);
  onStart?.({ training: training.length, validation: validation.length, baselineLosses });

  const features = examples.features.slice();
  const scaler = fitScaler(features, RISK_FEATURE_COUNT, training);
  standardise(features, scaler);
  const task = riskTask(examples, features, training, validation, HIDDEN);
  const { weights, epochs } = await train(task, config, seed, hooks);

  const { dataset, versions, commands, trainedAt } = origin;
  return {
    kind: 'v3',
    name,
    exitRule,
    barSeconds: examples.barSeconds,
    features: RISK_FEATURE_NAMES,
    scaler,
    layers: task.layers,
    weights: encodeWeights(weights),
    meanReturn: meanReturnAtEdges(examples, training),
    baselines,
    provenance: {
      dataset: { ...dataset, trades: examples.count },
      seed,
      config: { ...config },
      epochs: epochs.map(({ trainingLoss, validationLoss }) => ({ trainingLoss, validationLoss })),
      baselineLosses,
      versions,
      commands,
      trainedAt,
      scores: [],
    },
  };
}

function lossesOf(baselines: Baselines, examples: RiskExamples, rows: Int32Array) {
  const { features, reference } = examples;
  return Object.fromEntries(
    baselineRules(baselines).map(({ name, riskOf }) => [
      name,
      validationLoss(examples, rows, (row) =>
        riskOf(features, row * RISK_FEATURE_COUNT, reference[row]!),
      ),
    ]),
  );
}

/** Rows of the trades on either side; every path lies on one. */
function splitByPath(
  { count, path }: RiskExamples,
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
