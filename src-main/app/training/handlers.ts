import { CodedError } from '../../contract/errors.ts';
import { judgeModels } from '../evaluation/court.ts';
import { presets } from './presets.ts';
import {
  interruptedTraining,
  requireFreeName,
  trainingJobOf,
  trainOnDataset,
  trialPlan,
  type TrainingJob,
} from './train.ts';
import type { Caller, CallOutput, HandlersOf } from '../../contract/calls.ts';
import type { TrainingPlan, TrainingRun } from '../../contract/training.ts';
import type { Store } from '../../store/store.ts';
import type { JobKind, JobRunner } from '../../jobs/runner.ts';
import type { Trained } from '../../jobs/work/train-model.ts';
import type { Rooms } from '../rooms.ts';
import type { TrainingRuns } from './training-runs.ts';

export function trainingHandlers(
  { store, publish }: Rooms,
  jobs: JobRunner,
  runs: TrainingRuns,
  training: JobKind<TrainingJob, Trained>,
): HandlersOf<'training'> {
  return {
    'training.presets': () => presets(),
    'training.start': async (plan) => {
      const running = store.jobs
        .list()
        .find(({ kind, state }) => kind === training.name && state === 'running');
      // A second run would only slow the first. One that comes after other work waits instead.
      if (running) throw new CodedError('training-busy', { name: running.detail });
      const job = trainingJobOf(store, plan);
      const { id } = await jobs.put(training, job);
      return runs.of(id, job);
    },
    'training.list': () => runs.list(),
    'training.run': async ({ plans }, caller) => {
      const done = await trainAndJudge(store, plans, caller);
      publish('models.changed', {});
      return done;
    },
  };
}

/**
 * Trains one model after the other, going on with runs that were interrupted, and judges them on the
 * trial of the plans. Broken off, it keeps what was done. Throws what `trainOnDataset` throws.
 */
async function trainAndJudge(
  store: Store,
  plans: readonly TrainingPlan[],
  { signal, onProgress }: Caller,
): Promise<CallOutput<'training.run'>> {
  for (const { name } of plans) requireFreeName(store, name);
  const runs: TrainingRun[] = [];
  for (const plan of plans) {
    const tell = (done: number, total: number) => onProgress(done, total, `Training ${plan.name}`);
    const resumes = interruptedTraining(store, plan);
    const { run } = await trainOnDataset(store, plan, { signal, onProgress: tell }, resumes);
    runs.push(run);
    if (signal.aborted) return { runs, evaluation: null };
  }
  const { dataset, trial } = plans[0]!;
  if (!trial) return { runs, evaluation: null };
  // The newest kind first: it is compared with each other one.
  const models = runs.flatMap((run) => run.model ?? []).reverse();
  const id = await judgeModels(store, trialPlan(store, dataset, trial, models), {
    signal,
    onProgress: (done, total) => onProgress(done, total, 'Judging'),
  });
  return { runs, evaluation: store.evaluations.read(id).result };
}
