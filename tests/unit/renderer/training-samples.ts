import { presetConfig } from '../../../src-main/app/training/presets.ts';
import type {
  Evaluation,
  JudgedModel,
  PairedDifference,
  PolicyResult,
} from '#contract/evaluation.ts';
import type { ModelInfo } from '#contract/models.ts';
import type { TrainingEpoch, TrainingPlan, TrainingRun } from '#contract/training.ts';
import { DATASET } from './dataset-samples.ts';
import { BAR } from './fake-app.ts';
import type { UtcSeconds } from '#domain/units.ts';

/** Runs of training as the app tells of them; all numbers are made up. */

const midnight = (year: number, month: number, day: number) =>
  (Date.UTC(year, month - 1, day) / 1000) as UtcSeconds;

export const PLAN: TrainingPlan = {
  kind: 'v3',
  dataset: DATASET.name,
  name: 'V3 autumn',
  seed: 7,
  config: { ...presetConfig('v3', 'standard'), epochs: 8 },
  trial: { series: BAR.series.name, from: midnight(2023, 1, 1), to: midnight(2023, 12, 27) },
};

/** The third epoch is the best so far. */
export const epochs = (count: number): TrainingEpoch[] =>
  [0.32, 0.24, 0.19, 0.21, 0.2, 0.22, 0.23, 0.21].slice(0, count).map((loss, i) => ({
    epoch: i + 1,
    trainingLoss: loss + 0.1,
    validationLoss: loss,
    learningRate: 0.005 - i * 0.0005,
    seconds: 2.5,
    best: i < 3,
  }));

/** In its fifth epoch. */
export const RUNNING: TrainingRun = {
  job: 9,
  plan: PLAN,
  state: 'running',
  phase: 'training',
  progress: 0.55,
  backend: 'wasm',
  trades: { training: 900_000, validation: 100_000 },
  baselineLosses: { constant: 0.4, 'volatility rule': 0.25 },
  schedule: Array.from({ length: 101 }, (_, i) => 0.005 * Math.sin((Math.PI * i) / 100)),
  epochs: epochs(4),
  live: {
    done: 0.55,
    trainingLoss: 0.3,
    learningRate: 0.003,
    samplesPerSecond: 41_200,
    secondsLeft: 540,
  },
  model: null,
  evaluation: null,
  failure: null,
};

const over = { phase: 'ended', progress: 1, live: null } as const;
export const DONE: TrainingRun = {
  ...RUNNING,
  ...over,
  state: 'done',
  epochs: epochs(8),
  model: PLAN.name,
  evaluation: 3,
};
export const CANCELLED: TrainingRun = {
  ...RUNNING,
  ...over,
  state: 'cancelled',
  model: PLAN.name,
};
export const INTERRUPTED: TrainingRun = { ...RUNNING, ...over, state: 'interrupted' };
export const FAILED: TrainingRun = {
  ...RUNNING,
  ...over,
  state: 'failed',
  failure: 'The loss grew without bound. Try a lower learning rate.',
};

export const TRAINED: ModelInfo = { ...BAR.model!, name: PLAN.name, inUse: false, bundled: false };

const policy = (values: Partial<PolicyResult>): PolicyResult => ({
  policy: 'largest-safe',
  threshold: 0.1,
  safetyFactor: 0.6,
  corrected: false,
  taken: 1_880,
  stoodAside: 120,
  realised: 0.052,
  realisedInterval: { low: 0.047, high: 0.058 },
  meanReturn: 0.026,
  meanReturnInterval: null,
  medianReturn: 0.02,
  logGrowth: 0.01,
  regret: 0.048,
  meanShare: 0.7,
  ...values,
});

const judged = (name: string, logLoss: number, policies: readonly PolicyResult[]): JudgedModel => ({
  name,
  kind: 'v3',
  scores: { pairs: 50_000, logLoss, brier: 0.03, auc: 0.9, ece: 0.014, violations: 0 },
  reliability: [],
  policies: [...policies],
  realised: [],
  regretShares: [],
});

const difference = (
  measure: PairedDifference['measure'],
  value: number,
  low: number,
  high: number,
): PairedDifference => ({
  model: PLAN.name,
  against: BAR.model!.name,
  measure,
  difference: value,
  interval: { low, high },
});

/** The challenger's log loss is clearly lower; nothing else can be told apart. */
export const EVALUATION: Evaluation = {
  plan: {
    ...PLAN.trial!,
    exit: 'cross',
    every: 3,
    seed: 1,
    models: [PLAN.name, BAR.model!.name],
  },
  from: midnight(2023, 1, 3),
  to: midnight(2023, 12, 22),
  trades: 2_000,
  bars: 5_900,
  exit: 'cross 32/128',
  modelExit: 'cross 32/128',
  groups: [
    {
      name: 'all',
      trades: 2_000,
      months: 12,
      models: [
        judged(PLAN.name, 0.0291, [
          policy({ safetyFactor: 1, realised: 0.093 }),
          policy({ realised: 0.055, meanReturn: -0.004, stoodAside: 100, taken: 1_900 }),
        ]),
        judged(BAR.model!.name, 0.0343, [policy({ safetyFactor: 1, realised: 0.09 }), policy({})]),
      ],
    },
  ],
  differences: [
    difference('logLoss', -0.0052, -0.0083, -0.0021),
    difference('realised', 0.003, -0.002, 0.009),
    difference('meanReturn', -0.03, -0.07, 0.01),
    difference('regret', 0.001, -0.002, 0.004),
  ],
  equalSize: [],
  regretEdges: [],
  equityCurves: { times: [], curves: [] },
  assumptions: 'Entry at the close of the decision bar; 20x, no costs.',
};
