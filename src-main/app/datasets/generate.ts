import { TRADES_OF_A_CLASS } from '../../domain/limits.ts';
import { z } from 'zod';
import { CodedError } from '../../contract/errors.ts';
import {
  generationPlan,
  generationShard,
  WHOLE,
  type GenerationPlan,
  type GenerationShard,
} from '../../contract/datasets.ts';
import { trainingPlan } from '../../contract/training.ts';
import { recipesOf } from '../../datasets/assemble.ts';
import { readOrigin, originOf, runKey } from '../../datasets/origin.ts';
import { PATH_BARS, TRADES_A_PATH, type DrawSpec, type Quota } from '../../datasets/spec.ts';
import { LEVERAGE_AT_LARGEST, STUDY_RULES } from '../../domain/account/broker.ts';
import { exitRuleText, exitWord, ruleOf } from '../../domain/exits/exit-rule.ts';
import { DEFAULT_MARKET } from '../../domain/instrument.ts';
import { isOfShard } from '../../datasets/cell.ts';
import { FULL_MIX, MIX_WITHOUT_SERIES } from '../../synth/parameters.ts';
import { option } from '../folder/command-words.ts';
import { openMarket } from './fit.ts';
import { wallClock as now, StoreQueue } from '../../jobs/queue.ts';
import { runJob, type JobContext, type JobKind } from '../../jobs/runner.ts';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import type { RunOptions } from '../../jobs/terms.ts';
import type { Generated } from '../../jobs/work/generate-datasets.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import { openStore, type Store } from '../../store/store.ts';
import type { MarketSource } from '../../synth/market.ts';

/** What a job's row keeps, so that it can go on after an interruption. */
export const generationJob = z.object({
  plan: generationPlan,
  shard: generationShard,
  /** Begins once the datasets are there. */
  training: trainingPlan.nullable().default(null),
});
export type GenerationJob = z.infer<typeof generationJob>;

/** A plan made ready: what will be drawn, and which datasets come of it. */
export interface Run {
  readonly spec: DrawSpec;
  readonly quota: Quota;
  readonly source: MarketSource;
  readonly names: readonly string[];
  readonly trades: number;
  readonly key: string;
}

/**
 * Equal parts of the three generators where the real bars that the market was fitted to are in the
 * store; without them the first two stand alone. Throws `bad-argument` for a plan that cannot be.
 */
export function runOf(store: Store, plan: GenerationPlan): Run {
  const checked = generationPlan.safeParse(plan);
  if (!checked.success) {
    const { path, message } = checked.error.issues[0]!;
    throw new CodedError('bad-argument', { problem: `${path.join('.')} ${message}` });
  }
  const problem =
    plan.kind === 'natural' && plan.name === null
      ? 'A natural dataset needs a name'
      : plan.kind === 'by-class' && plan.trades < TRADES_OF_A_CLASS.from
        ? `The five datasets need at least ${TRADES_OF_A_CLASS.from} trades of each class`
        : null;
  if (problem) throw new CodedError('bad-argument', { problem });
  const source = openMarket(store, plan.market);
  const quota = quotaOf(plan);
  const spec: DrawSpec = {
    seed: plan.seed,
    exit: ruleOf(plan.exit),
    mix: source.bootstrapSource ? FULL_MIX : MIX_WITHOUT_SERIES,
    pathBars: PATH_BARS,
    tradesAPath: TRADES_A_PATH[quota.kind],
    leverage: LEVERAGE_AT_LARGEST,
    brokerLeverage: plan.leverage,
  };
  const recipes = recipesOf(quota, plan.name);
  return {
    spec,
    quota,
    source,
    names: recipes.map(({ name }) => name),
    trades: recipes.reduce((sum, { trades }) => sum + trades, 0),
    key: runKey(originOf(spec, quota, source)),
  };
}

const quotaOf = ({ kind, trades }: GenerationPlan): Quota =>
  kind === 'natural' ? { kind, trades } : { kind: 'classes', perClass: trades };

/** Names of the datasets that come of a plan; unlike `runOf` it reads no bars. */
const namesOf = (plan: GenerationPlan): string[] =>
  recipesOf(quotaOf(plan), plan.name).map(({ name }) => name);

export interface GenerationOptions {
  readonly shard?: GenerationShard;
  /** A data folder whose finished cells of this run are taken over, as another machine left them. */
  readonly take?: string;
  /** Threads that draw; all cores where it is left out. */
  readonly threads?: number;
  readonly run?: RunOptions;
}

export interface Generation extends Generated {
  /** Cells that came out of the folder that was named. */
  readonly cellsTaken: number;
}

/**
 * Generation as a kind of job: an interrupted one goes on where it stopped; cancelled, it keeps
 * nothing of its shard.
 */
export function generationKind(
  store: Store,
  now: () => UtcSeconds,
  ended?: JobKind<GenerationJob, Generated>['ended'],
): JobKind<GenerationJob, Generated> {
  return {
    name: 'generate-datasets',
    unit: 'trades',
    room: null,
    plan: generationJob,
    resumable: true,
    title: titleOf,
    detail: ({ plan }) => namesOf(plan).join(', '),
    check: (job) => requireNamesUnused(store, job),
    run: (job, context) => drawAndKeep(store, job, context, now()),
    discard: (_, { plan, shard }) => discardParts(store, runOf(store, plan), shard),
    ...(ended && { ended }),
  };
}

/**
 * Generates the datasets of a plan as a job and keeps them; an interrupted run of the same plan goes
 * on where it stopped. Datasets that are there already, of the same run, are given as they are.
 * Throws `name-taken` before anything is drawn.
 */
export async function generate(
  store: Store,
  plan: GenerationPlan,
  { shard = WHOLE, take, threads, run: options = {} }: GenerationOptions,
): Promise<Generation> {
  const run = runOf(store, plan);
  const present = run.names.filter((name) => isOfRun(store, name, run));
  if (present.length === run.names.length) {
    const datasets = present.map((name) => store.datasets.find(name)!);
    return { datasets, cellsMissing: 0, cellsTaken: 0 };
  }
  const job = { plan, shard, training: null };
  const resumes = interruptedGeneration(store, job);
  const cellsTaken = take === undefined ? 0 : takeParts(store, run, take);
  const kind = generationKind(store, now);
  const made = await runJob(new StoreQueue(store, now), kind, job, {
    ...options,
    resumes,
    ...(threads === undefined ? {} : { threads }),
  });
  return { ...made, cellsTaken };
}

async function drawAndKeep(
  store: Store,
  { plan, shard }: GenerationJob,
  { job, threads, ...options }: JobContext,
  madeAt: UtcSeconds,
): Promise<Generated> {
  const run = runOf(store, plan);
  const present = run.names.filter((name) => isOfRun(store, name, run));
  const { spec, quota, source } = run;
  const { folder } = store;
  try {
    const made = await runInWorker(
      'generate-datasets',
      {
        folder,
        source,
        market: plan.market,
        spec,
        quota,
        name: plan.name,
        shard,
        threads,
        command: commandOf(plan),
        madeAt,
      },
      { ...options, row: { folder, id: job } },
    );
    if (made.datasets) endInterrupted(store, run, madeAt);
    return made;
  } catch (error) {
    // A full disk or a closing app leaves what was drawn for another try; nothing else is worth it.
    const worthKeeping = ['folder-unusable', 'app-gone'];
    const reason = options.signal?.aborted ? options.signal.reason : error;
    if (reason instanceof CodedError && !worthKeeping.includes(reason.code)) {
      forget(store, run, shard, present, madeAt);
    }
    throw error;
  }
}

function discardParts(store: Store, { key }: Run, shard: GenerationShard): void {
  const cells = store.parts.summaries(key).map(({ cell }) => cell);
  store.parts.discard(key, cells.filter(isOfShard(shard)));
}

/** Undoes a run that was broken off, even one that had just been finished; `present` stays. */
function forget(
  store: Store,
  run: Run,
  shard: GenerationShard,
  present: readonly string[],
  now: UtcSeconds,
): void {
  store.together(() => {
    for (const name of run.names) {
      if (!present.includes(name) && store.datasets.find(name)) store.datasets.delete(name, now);
    }
    discardParts(store, run, shard);
  });
}

/** Other jobs of a run that is complete have nothing left to do. */
function endInterrupted(store: Store, { key }: Run, now: UtcSeconds): void {
  for (const { id, state, plan, detail } of store.jobs.list()) {
    const job = state === 'interrupted' ? generationJob.safeParse(plan).data : null;
    if (!job || runOf(store, job.plan).key !== key) continue;
    store.jobs.resume(id);
    store.jobs.end(id, 'done', detail, now);
  }
}

/** Whether all that a plan makes is there. Throws `name-taken` and what `runOf` throws. */
export function isGenerated(store: Store, plan: GenerationPlan): boolean {
  const run = runOf(store, plan);
  return run.names.every((name) => isOfRun(store, name, run));
}

/** Whether the name holds a dataset of this very run. Throws `name-taken` where it holds another. */
function isOfRun(store: Store, name: string, run: Run): boolean {
  const stored = store.datasets.find(name);
  if (!stored) return false;
  if (runKey(readOrigin(name, store.datasets.origin(name))) === run.key) return true;
  const others = stored.command.startsWith('size-picker generate')
    ? ', on other bars or another market'
    : '';
  throw new CodedError('name-taken', {
    name,
    taken: `a dataset made by ${stored.command}${others}`,
  });
}

/** The interrupted job of this plan. */
export function interruptedGeneration(store: Store, job: GenerationJob): number | null {
  const wanted = JSON.stringify(generationJob.parse(job));
  const same = store.jobs
    .list()
    .find(
      ({ state, plan }) =>
        state === 'interrupted' && JSON.stringify(generationJob.safeParse(plan).data) === wanted,
    );
  return same?.id ?? null;
}

/** Throws `name-taken` where a dataset of the plan is there of another run, or is being made. */
function requireNamesUnused(store: Store, { plan }: GenerationJob): void {
  const run = runOf(store, plan);
  for (const name of run.names) isOfRun(store, name, run);
  for (const { state, plan: kept } of store.jobs.list()) {
    if (state !== 'running' && state !== 'waiting') continue;
    const other = generationJob.safeParse(kept).data;
    const name = other && namesOf(other.plan).find((one) => run.names.includes(one));
    if (name === undefined || name === null) continue;
    throw new CodedError('name-taken', { name, taken: 'a job is making a dataset of that name' });
  }
}

function titleOf({ plan, shard: { number, of }, training }: GenerationJob): string {
  const { kind, trades, exit, seed } = plan;
  return [
    kind === 'by-class'
      ? `Generate ${(3 * trades).toLocaleString('en')} accepted trades`
      : `Generate ${trades.toLocaleString('en')} trades`,
    exitRuleText(ruleOf(exit)),
    `seed ${seed}`,
    ...(of > 1 ? [`shard ${number} of ${of}`] : []),
    ...(training ? [`then train ${training.name}`] : []),
  ].join(', ');
}

/** The words that make the same datasets wherever the same bars are imported. */
function commandOf({ kind, name, trades, exit, seed, leverage, market }: GenerationPlan): string {
  return [
    'size-picker generate',
    kind === 'by-class'
      ? `v2 --per-class ${trades}`
      : `${option('name', name ?? '')} --trades ${trades}`,
    `--exit ${exitWord(exit)} --seed ${seed}`,
    ...(leverage === STUDY_RULES.leverage ? [] : [`--leverage ${leverage}`]),
    ...(market === DEFAULT_MARKET ? [] : [option('market', market)]),
  ].join(' ');
}

/**
 * Copies finished cells of a run out of another data folder. Returns how many were new here. Throws
 * `folder-unusable` where there is no store.
 */
function takeParts(store: Store, { key }: Run, folder: string): number {
  const from = openStore(folder, { readonly: true });
  try {
    const here = new Set(store.parts.summaries(key).map(({ cell }) => cell));
    const found = from.parts.summaries(key).filter(({ cell }) => !here.has(cell));
    store.together(() => {
      for (const { cell, summary } of found) {
        store.parts.keep(key, cell, summary, from.parts.read(key, cell));
      }
    });
    return found.length;
  } finally {
    from.close();
  }
}
