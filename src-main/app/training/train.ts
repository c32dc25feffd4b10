import { createRequire } from 'node:module';
import { z } from 'zod';
import { CodedError, faultOf } from '../../contract/errors.ts';
import type { CourtPlan } from '../../contract/evaluation.ts';
import { RULE_NAMES } from '../../contract/evaluation-words.ts';
import { trainingPlan, type TrainingPlan, type TrainingRun } from '../../contract/training.ts';
import { newRun } from '../../jobs/run-record.ts';
import { failureText, StoreQueue, wallClock as now } from '../../jobs/queue.ts';
import { runJob, type JobContext, type JobKind } from '../../jobs/runner.ts';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import type { Trained } from '../../jobs/work/train-model.ts';
import type { DatasetInfo } from '../../contract/datasets.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import { option } from '../folder/command-words.ts';
import { choiceOf } from '../../domain/exits/exit-rule.ts';
import { describeDataset, soundDataset } from '../datasets/datasets.ts';
import { openMarket } from '../datasets/fit.ts';
import { fittedBarsOf } from '../../synth/parameters.ts';
import { readVersion } from '../folder/resources.ts';
import type { RunOptions } from '../../jobs/terms.ts';
import type { Store } from '../../store/store.ts';

/** What a job's row keeps, so that it can begin after another one, or go on after an interruption. */
export const trainingJob = z.object({
  training: trainingPlan,
  /** Of the dataset; null where it was still to be made. */
  checksum: z.string().nullable(),
});
export type TrainingJob = z.infer<typeof trainingJob>;

/**
 * Training as a kind of job: one at a time; an interrupted one goes on after its last whole epoch, or
 * begins anew where none had ended. What cannot begin is kept as a run that failed, with why.
 */
export function trainingKind(
  store: Store,
  now: () => UtcSeconds,
  hooks: Pick<JobKind<TrainingJob, Trained>, 'ended' | 'news'> = {},
): JobKind<TrainingJob, Trained> {
  return {
    name: 'train-model',
    unit: '',
    room: 'training',
    plan: trainingJob,
    resumable: true,
    title: ({ training: { name, dataset, seed } }) => {
      const info = store.datasets.find(dataset);
      return `Train ${name} on ${[dataset, ...(info ? [info.exit] : [])].join(', ')}, seed ${seed}`;
    },
    detail: ({ training }) => training.name,
    check: ({ training }, resumes) => {
      requireFreeName(store, training.name);
      const { info } = soundDataset(store, training.dataset);
      if (resumes !== null) requireSameTrades(store, resumes, info);
    },
    run: async (job, context) => {
      try {
        return await train(store, job, context, now());
      } catch (error) {
        keepFailure(store, newRun(context.job, job.training), error);
        throw error;
      }
    },
    discard: (job) => {
      const run = store.trainingRuns.find(job);
      if (run) store.trainingRuns.keep({ ...run, phase: 'ended' }, null);
    },
    ...hooks,
  };
}

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
  const job = trainingJobOf(store, wanted);
  return runJob(new StoreQueue(store, now), trainingKind(store, now), job, { ...options, resumes });
}

/** What is put of a plan whose dataset is there. Throws `bad-argument`, `no-dataset`. */
export function trainingJobOf(store: Store, wanted: TrainingPlan): TrainingJob {
  const training = soundPlan(wanted);
  return { training, checksum: describeDataset(store, training.dataset).info.checksum };
}

/** Throws `bad-argument` where a run that goes on was started on other trades of the same name. */
function requireSameTrades(store: Store, job: number, { name, checksum, madeAt }: DatasetInfo) {
  const { plan, started } = store.jobs.find(job)!;
  const wanted = trainingJob.safeParse(plan).data?.checksum;
  // Trades that were still to be made when it was put are those that were there when it began.
  if (wanted === null ? madeAt <= started : wanted === checksum) return;
  const problem = `${name} is another dataset than the one that the run was started on`;
  throw new CodedError('bad-argument', { problem: `${problem}. Discard the run and start anew` });
}

async function train(
  store: Store,
  { training: plan }: TrainingJob,
  { job, threads, ...options }: JobContext,
  trainedAt: UtcSeconds,
): Promise<Trained> {
  requireFreeName(store, plan.name);
  const { info, origin } = soundDataset(store, plan.dataset);
  const { name, trades, weights, checksum, command, market } = info;
  const source = openMarket(store, market);
  const champions = store.models.list().flatMap((model) => (model.inUse ? model.name : []));
  return runInWorker(
    'train-model',
    {
      folder: store.folder,
      plan,
      dataset: { name, origin, trades, weights },
      source,
      trial: plan.trial && trialPlan(store, plan.dataset, plan.trial, [plan.name, ...champions]),
      threads,
      origin: {
        dataset: { description: JSON.stringify(origin), checksum },
        fitted: fittedBarsOf(source.parameters),
        versions: versions(),
        commands: [command, commandOf(plan)],
        trainedAt,
      },
    },
    { ...options, row: { folder: store.folder, id: job }, asks: true },
  );
}

/** What a worker that died could not write down itself. */
function keepFailure(store: Store, fresh: TrainingRun, error: unknown): void {
  const run = { ...fresh, ...store.trainingRuns.find(fresh.job) };
  if (faultOf(error).code === 'cancelled' || run.failure !== null) return;
  store.trainingRuns.keep({ ...run, phase: 'ended', failure: failureText(error) }, null);
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
  const wanted = JSON.stringify(trainingJobOf(store, plan));
  const same = store.jobs
    .list()
    .find(
      ({ state, plan: kept }) =>
        state === 'interrupted' && JSON.stringify(trainingJob.safeParse(kept).data) === wanted,
    );
  return same?.id ?? null;
}

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
