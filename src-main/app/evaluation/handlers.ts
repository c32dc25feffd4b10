import { choiceOf } from '../../domain/exits/exit-rule.ts';
import { exportFile } from '../folder/files.ts';
import { readStoredModel } from '../training/model-registry.ts';
import { judgeModels, writeReport } from './court.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { JobBoard } from '../jobs/jobs.ts';
import type { Rooms } from '../rooms.ts';

export function evaluationHandlers({ store, publish }: Rooms, jobs: JobBoard): HandlersOf<'court'> {
  return {
    'court.judge': (asked) => {
      let id = 0;
      const { exitRule } = readStoredModel(store, asked.models[0]!);
      const plan = { ...asked, exit: choiceOf(exitRule) };
      return jobs.start(
        async (run) => {
          id = await judgeModels(store, plan, run);
        },
        (job) => id && publish('evaluations.changed', { id, job }),
      );
    },
    'court.list': () => store.evaluations.list(),
    'court.read': ({ id }) => store.evaluations.read(id),
    'court.report': ({ id, format }) => {
      const { result } = store.evaluations.read(id);
      const title = `evaluation ${id} ${result.plan.series}`;
      const file = exportFile(store.folder, title, format);
      writeReport(result, format, file);
      return { file };
    },
  };
}
