import { CodedError } from '../../contract/errors.ts';
import { presets } from './presets.ts';
import { trainingJobOf, type TrainingJob } from './train.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { JobKind, JobRunner } from '../../jobs/runner.ts';
import type { Trained } from '../../jobs/work/train-model.ts';
import type { Rooms } from '../rooms.ts';
import type { TrainingRuns } from './training-runs.ts';

export function trainingHandlers(
  { store }: Rooms,
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
  };
}
