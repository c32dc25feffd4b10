import type { HandlersOf } from '../../contract/calls.ts';
import type { JobRunner } from '../../jobs/runner.ts';

export function jobHandlers(
  jobs: JobRunner,
  resume: (id: number) => ReturnType<JobRunner['resume']>,
): HandlersOf<'jobs'> {
  return {
    'jobs.list': () => jobs.list(),
    'jobs.cancel': async ({ id }) => {
      await jobs.cancel(id);
      return {};
    },
    'jobs.resume': ({ id }) => resume(id),
    'jobs.discard': async ({ id }) => {
      await jobs.discard(id);
      return {};
    },
  };
}
