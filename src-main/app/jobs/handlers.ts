import { CodedError } from '../../contract/errors.ts';
import { isOfShard } from '../../datasets/cell.ts';
import { generationJob, runOf } from '../datasets/generate.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { GenerateAsJob } from '../datasets/generate-as-job.ts';
import type { Rooms } from '../rooms.ts';
import type { TrainingRoom } from '../training/training-room.ts';
import type { JobBoard } from './jobs.ts';

export function jobHandlers(
  { store, now }: Rooms,
  jobs: JobBoard,
  training: TrainingRoom,
  generateAsJob: GenerateAsJob,
): HandlersOf<'jobs'> {
  return {
    'jobs.list': () => jobs.list(),
    'jobs.cancel': ({ id }) => {
      jobs.cancel(id);
      return {};
    },
    'jobs.resume': async ({ id }) => {
      if (store.trainingRuns.find(id)) {
        await training.resume(id);
        return jobs.find(id);
      }
      const row = store.jobs.find(id);
      const job = generationJob.safeParse(row?.plan);
      if (row?.state === 'interrupted' && job.success) return generateAsJob(job.data);
      throw new CodedError('no-job', { wish: 'resume' });
    },
    'jobs.discard': ({ id }) => {
      const job = generationJob.safeParse(store.jobs.find(id)?.plan);
      store.together(() => {
        store.jobs.dismiss(id, now());
        training.discard(id);
        if (!job.success) return;
        const { key } = runOf(store, job.data.plan);
        const cells = store.parts.summaries(key).map(({ cell }) => cell);
        store.parts.discard(key, cells.filter(isOfShard(job.data.shard)));
      });
      jobs.tell(id);
      return {};
    },
  };
}
