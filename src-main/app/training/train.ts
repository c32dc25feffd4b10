import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { CodedError, faultOf } from '../../contract/errors.ts';
import type { CourtPlan } from '../../contract/evaluation.ts';
import { RULE_NAMES } from '../../contract/evaluation-words.ts';
import { trainingPlan, type TrainingPlan, type TrainingRun } from '../../contract/training.ts';
import { newRun } from '../../jobs/run-record.ts';
import { trainModelInWorker, type Trained } from '../../jobs/work/train-model.ts';
import { option } from '../folder/command-words.ts';
import { choiceOf } from '../../domain/exits/exit-rule.ts';
import { describeDataset, soundDataset } from '../datasets/datasets.ts';
import { openMarket } from '../datasets/fit.ts';
import { now } from '../now.ts';
import { readVersion } from '../folder/resources.ts';
import type { RunOptions } from '../../jobs/run-in-worker.ts';
import type { Store } from '../../store/store.ts';

/** What a job's row keeps, so that it can go on after an interruption. */
export const trainingJob = z.object({ training: trainingPlan, checksum: z.string() });

/**
 * Trains a model as a job and keeps it; `resumes` is the interrupted job that goes on. Throws
 * `no-dataset`, `dataset-damaged`, `dataset-origin`, `name-taken`, `too-few-trades`,
 * `training-diverged`, and `cancelled` where no epoch had ended yet.
 */
export async function trainOnDataset(
  store: Store,
  wanted: TrainingPlan,
  options: RunOptions,
  resumes: number | null = null,
): Promise<Trained> {
  const plan = soundPlan(wanted);
  requireFreeName(store, plan.name);
  const { info, origin } = soundDataset(store, plan.dataset);
  const { name, trades, weights, checksum, command, market, exit } = info;
  if (resumes !== null && jobOf(store, resumes)?.checksum !== checksum) {
    const problem = `${name} is another dataset than the one that the run was started on`;
    throw new CodedError('bad-argument', { problem: `${problem}. Discard the run and start anew` });
  }
  const champions = store.models.list().flatMap((model) => (model.inUse ? model.name : []));
  let job: number | null = null;
  const onStart = (id: number) => {
    job = id;
    options.onStart?.(id);
  };
  const work = trainModelInWorker(
    {
      folder: store.folder,
      plan,
      dataset: { name, origin, trades, weights },
      source: openMarket(store, market),
      trial: plan.trial && trialPlan(store, plan.dataset, plan.trial, [plan.name, ...champions]),
      threads: availableParallelism(),
      origin: {
        dataset: { description: JSON.stringify(origin), checksum },
        versions: versions(),
        commands: [command, commandOf(plan)],
        trainedAt: now(),
      },
    },
    {
      title: `Train ${plan.name} on ${name}, ${exit}, seed ${plan.seed}`,
      detail: plan.name,
      plan: { training: plan, checksum } satisfies z.infer<typeof trainingJob>,
      resumes,
    },
    { ...options, onStart },
  );
  return work.catch((error: unknown) => {
    if (job !== null) keepFailure(store, newRun(job, plan), error);
    throw error;
  });
}

/** Keeps a run that could not even begin, with why; its job. */
export function keepRefusal(store: Store, plan: TrainingPlan, error: unknown): number {
  const row = { kind: 'train-model', title: `Train ${plan.name}`, detail: plan.name, plan: null };
  const job = store.jobs.start(row, now());
  store.jobs.end(job, 'failed', plan.name, now());
  keepFailure(store, newRun(job, plan), error);
  return job;
}

/** What a worker that died could not write down itself. */
function keepFailure(store: Store, fresh: TrainingRun, error: unknown): void {
  const { code, happened, next } = faultOf(error);
  const run = { ...fresh, ...store.trainingRuns.find(fresh.job) };
  if (code === 'cancelled' || run.failure !== null) return;
  store.trainingRuns.keep({ ...run, phase: 'ended', failure: `${happened} ${next}` }, null);
}

/** An entry every so many bars of a trial, and the seed of its accounts. */
const TRIAL = { every: 3, seed: 1 } as const;

/** How models of a dataset are judged on a trial's bars. Throws `no-dataset`. */
export function trialPlan(
  store: Store,
  dataset: string,
  trial: NonNullable<TrainingPlan['trial']>,
  models: string[],
): CourtPlan {
  const { exit } = describeDataset(store, dataset).origin.spec;
  return { ...trial, ...TRIAL, exit: choiceOf(exit), models };
}

/** The interrupted job of this very plan on the same trades. Throws `no-dataset`. */
export function interruptedTraining(store: Store, plan: TrainingPlan): number | null {
  const { checksum } = describeDataset(store, plan.dataset).info;
  const wanted = JSON.stringify({ training: soundPlan(plan), checksum });
  const job = store.jobs
    .list()
    .find(
      ({ id, state }) => state === 'interrupted' && wanted === JSON.stringify(jobOf(store, id)),
    );
  return job?.id ?? null;
}

const jobOf = (store: Store, id: number) =>
  trainingJob.safeParse(store.jobs.find(id)?.plan).data ?? null;

/** Throws `bad-argument` for numbers and names that no run can have. */
function soundPlan(plan: TrainingPlan): TrainingPlan {
  const checked = trainingPlan.safeParse(plan);
  if (checked.success) return checked.data;
  const { path, message } = checked.error.issues[0]!;
  throw new CodedError('bad-argument', { problem: `${path.join('.')}: ${message}` });
}

/** Throws `name-taken`: earlier models stay, and rules stand beside models by their names. */
export function requireFreeName(store: Store, name: string): void {
  if (RULE_NAMES.includes(name)) {
    throw new CodedError('name-taken', { name, taken: 'a rule has it that every model is beside' });
  }
  if (!store.models.list().some((model) => model.name === name)) return;
  throw new CodedError('name-taken', { name, taken: 'another model has it' });
}

/** The words that train the same model on the same dataset. */
function commandOf({ kind, name, dataset, seed, config }: TrainingPlan): string {
  return [
    `size-picker train --model ${kind}`,
    option('dataset', dataset),
    option('name', name),
    `--seed ${seed} --epochs ${config.epochs} --batch ${config.batch}`,
    `--learning-rate ${config.learningRate} --weight-decay ${config.weightDecay}`,
    `--patience ${config.patience}`,
  ].join(' ');
}

function versions(): Record<string, string> {
  const { version } = createRequire(import.meta.url)('@tensorflow/tfjs-core/package.json') as {
    version: string;
  };
  return { 'size-picker': readVersion(), node: process.versions.node, tfjs: version };
}
