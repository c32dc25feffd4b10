import { CodedError } from '../../contract/errors.ts';
import { statesRisk } from '../../domain/models/kinds.ts';
import { isoTime } from '../../domain/time/time.ts';
import { StoreQueue, wallClock as now } from '../../jobs/queue.ts';
import { runJob, type JobKind } from '../../jobs/runner.ts';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import type { RunOptions } from '../../jobs/terms.ts';
import { writeWhole } from '../folder/files.ts';
import { evaluationPage } from '../report/evaluation-page.ts';
import { courtPlan, type CourtPlan, type Evaluation } from '../../contract/evaluation.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { Judged } from '../../jobs/work/judge-models.ts';
import type { Store } from '../../store/store.ts';

/** Judging as a kind of job: one at a time. */
export const judgingKind = (
  store: Store,
  now: () => UtcSeconds,
  ended?: JobKind<CourtPlan, Judged>['ended'],
): JobKind<CourtPlan, Judged> => ({
  name: 'judge-models',
  unit: 'trades',
  room: 'judging',
  plan: courtPlan,
  resumable: false,
  title: titleOf,
  detail: () => '',
  check: (plan) => requireSound(store, plan),
  run: (plan, { job: id, ...options }) => {
    const { folder } = store;
    const order = { folder, plan, keepAt: now(), withPredictions: false };
    return runInWorker('judge-models', order, { ...options, row: { folder, id } });
  },
  ...(ended && { ended }),
});

/**
 * Judges models as a job and keeps the evaluation; returns its number. Throws `no-series`,
 * `no-such-model`, `bad-argument`, `too-few-trades`, `cancelled`.
 */
export async function judgeModels(store: Store, plan: CourtPlan, run: RunOptions): Promise<number> {
  const { id } = await runJob(new StoreQueue(store, now), judgingKind(store, now), plan, run);
  return id!;
}

/**
 * The same without a job and without keeping anything, beside another app that has the folder open.
 * With predictions the first model must state P(liquidation): else `bad-argument`.
 */
export async function judgeOnce(
  store: Store,
  plan: CourtPlan,
  withPredictions: boolean,
  run: RunOptions,
): Promise<Judged> {
  requireSound(store, plan);
  const [first] = plan.models;
  const kind = store.models.list().find(({ name }) => name === first)!.kind;
  if (withPredictions && !statesRisk(kind)) {
    throw bad(`${first} names a size, but no P(liquidation): there are no predictions to write`);
  }
  const order = { folder: store.folder, plan, keepAt: null, withPredictions };
  return runInWorker('judge-models', order, run);
}

/** Writes the report of an evaluation to `file`. Throws `file-unwritable`. */
export function writeReport(result: Evaluation, format: 'html' | 'json', file: string): void {
  writeWhole(file, format === 'html' ? evaluationPage(result) : `${JSON.stringify(result)}\n`);
}

const bad = (problem: string) => new CodedError('bad-argument', { problem });

function requireSound(store: Store, { series, from, to, models }: CourtPlan): void {
  store.series.info(series);
  if (from >= to) throw bad('The span ends before it begins');
  if (new Set(models).size < models.length) throw bad('A model is named twice');
  const known = new Set(store.models.list().map(({ name }) => name));
  const unknown = models.find((name) => !known.has(name));
  if (unknown !== undefined) throw new CodedError('no-such-model', { name: unknown });
}

function titleOf({ models, series, from, to }: CourtPlan): string {
  const day = (seconds: number) => isoTime(seconds).slice(0, 10);
  return `Judge ${models.join(', ')} on ${series}, ${day(from)} to ${day(to - 1)}`;
}
