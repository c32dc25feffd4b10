import { writeWhole } from '../../../app/files.ts';
import { evaluationJson, judge, predictionsCsv } from '../../../app/evaluate.ts';
import { openModel } from '../../../app/model-registry.ts';
import { withWorkspace } from '../../../app/workspace.ts';
import { CodedError } from '../../../contract/errors.ts';
import { EXIT_RULES } from '../../../domain/exit-rule.ts';
import { command } from '../command.ts';
import { evaluationText } from '../evaluation-text.ts';
import * as option from '../options.ts';
import type { UtcSeconds } from '../../../domain/units.ts';

export const evaluate = command({
  name: 'evaluate',
  summary: 'Judge the model in use on real bars, beside the baselines',
  options: {
    series: option.required(option.text('NAME', 'series to judge on')),
    exit: option.byDefault(option.exitRule, 'cross'),
    from: option.required(option.time('first entry')),
    to: option.optional(option.time('last entry; a day counts whole', 'its end')),
    every: option.every,
    seed: option.seed,
    model: option.optional(option.text('NAME', 'another model than the one in use')),
    predictions: option.optional(
      option.text(
        'FILE',
        'CSV of every trade with its P at all sizes; entry_time is the opening of the decision bar',
      ),
    ),
  },
  run: ({ options, dataFolder, print, progress }) =>
    withWorkspace(dataFolder, 'read', (store) => {
      const { series, from, every, seed, predictions } = options;
      const model = openModel(store, options.model);
      if (!model) throw new CodedError('no-model');
      const exit = EXIT_RULES[options.exit];
      const bars = store.series.bars(series);
      const to = options.to ?? (Infinity as UtcSeconds);
      option.requireSpan(from, to);
      const trial = { bars, exit, from, to, every, seed };
      const judged = judge(model.net, trial, (done, total) => progress('Judging', done, total));
      if (predictions) writeWhole(predictions, predictionsCsv(judged));
      print(evaluationJson(model.net, series, trial, judged), evaluationText);
    }),
});
