import { judgeOnce } from '../../../app/evaluation/court.ts';
import { csvText, writeWhole } from '../../../app/folder/files.ts';
import { reportText } from '../../../app/evaluation/report/report.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { CodedError } from '../../../contract/errors.ts';
import { command } from '../command.ts';
import { evaluationText } from '../evaluation-text.ts';
import * as option from '../options.ts';
import { trialOf } from '../training.ts';

export const evaluate = command({
  name: 'evaluate',
  summary: 'Judge models on real bars, beside the baselines',
  options: {
    series: option.required(option.text('NAME', 'series to judge on')),
    exit: option.byDefault(option.exitRule, 'cross'),
    from: option.required(option.time('first entry')),
    to: option.optional(option.time('last entry; a day counts whole', 'its end')),
    every: option.every,
    seed: option.seed,
    models: option.optional(
      option.names('models; the first is compared with each other one (default: the one in use)'),
    ),
    model: option.optional(option.text('NAME', 'one model')),
    predictions: option.optional(
      option.text(
        'FILE',
        'CSV of every trade with the first model’s P at all sizes; entry_time is the opening of the decision bar',
      ),
    ),
    report: option.optional(option.reportFile),
  },
  run: ({ options, dataFolder, print, progress, signal }) =>
    withWorkspace(dataFolder, 'read', async (store) => {
      const { exit, every, seed, predictions, report } = options;
      if (options.model && options.models) option.refuse('Give --model or --models, not both.');
      const inUse = store.models.list().find((model) => model.inUse);
      const models =
        options.models ?? [options.model ?? inUse?.name].filter((name) => name !== undefined);
      if (models.length === 0) throw new CodedError('no-model');
      const span = trialOf(store.series.info(options.series), options.from, options.to);
      const plan = { ...span, exit, every, seed, models };
      const judged = await judgeOnce(store, plan, predictions !== undefined, {
        signal,
        onProgress: (done, total) => progress('Judging', done, total, 'trades'),
      });
      if (predictions) writeWhole(predictions, csvText(judged.predictions!));
      if (report) writeWhole(report.file, reportText(judged.evaluation, report.format));
      print(judged.evaluation, evaluationText);
    }),
});
