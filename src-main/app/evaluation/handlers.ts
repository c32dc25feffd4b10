import { choiceOf } from '../../domain/exits/exit-rule.ts';
import { csvText, exportFile, writeWhole } from '../folder/files.ts';
import { readStoredModel } from '../training/model-registry.ts';
import { judgeOnce, writeReport } from './court.ts';
import { walkForward } from './walk-forward.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { CourtPlan } from '../../contract/evaluation.ts';
import type { JobKind, JobRunner } from '../../jobs/runner.ts';
import type { Judged } from '../../jobs/work/judge-models.ts';
import type { Rooms } from '../rooms.ts';

export function evaluationHandlers(
  { store }: Rooms,
  jobs: JobRunner,
  judging: JobKind<CourtPlan, Judged>,
): HandlersOf<'court'> {
  return {
    'court.judge': (asked) => {
      const { exitRule } = readStoredModel(store, asked.models[0]!);
      return jobs.put(judging, { ...asked, exit: choiceOf(exitRule) });
    },
    'court.judgeOnce': async ({ predictions, report, ...plan }, caller) => {
      const judged = await judgeOnce(store, plan, predictions !== null, caller);
      if (predictions !== null) writeWhole(predictions, csvText(judged.predictions!));
      if (report) writeReport(judged.evaluation, report.format, report.file);
      return judged.evaluation;
    },
    'court.walkForward': (plan, caller) => walkForward(store, plan, caller),
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
