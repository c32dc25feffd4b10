import { walkForward as walk } from '../../../app/evaluation/walk-forward.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { number } from '../../../domain/answer/wording.ts';
import { command } from '../command.ts';
import { evaluationText } from '../evaluation-text.ts';
import * as option from '../options.ts';
import { textTable } from '../table.ts';

export const walkForward = command({
  name: 'walk-forward',
  summary: 'Judge each year by a V3 fitted and trained anew on what came before it',
  options: {
    series: option.required(option.text('NAME', 'real hourly series')),
    exit: option.byDefault(option.exitRule, 'cross'),
    trades: option.byDefault(
      option.wholeNumber('N', 'synthetic trades that each model learns from', {
        from: 2_000,
        to: 1_000_000,
      }),
      30_000,
    ),
    'from-year': option.optional(
      option.wholeNumber('YEAR', 'first year that is judged (default: the third of the series)', {
        from: 1970,
        to: 2999,
      }),
    ),
    every: option.every,
    seed: option.seed,
  },
  run: ({ options, dataFolder, print, progress, signal }) =>
    withWorkspace(dataFolder, 'read', async (store) => {
      const { series, exit, trades, every, seed } = options;
      const fromYear = options['from-year'] ?? null;
      const walked = await walk(
        store,
        { series, exit, trades, every, seed, fromYear },
        { signal, onProgress: (done, total) => progress('Walking forward', done, total) },
      );
      print(walked, ({ years, evaluation }) =>
        [
          'Each year by a model of its own, made from the bars before that year alone',
          textTable(
            ['Year', 'Fitted to bars', 'Trades', 'Validation', 'Volatility rule'],
            years.map((row) => [
              row.year,
              row.fittedTo,
              row.trades,
              number(row.validationLoss, 4),
              number(row.baselineLosses['volatility rule']!, 4),
            ]),
          ),
          '',
          evaluationText(evaluation),
        ].join('\n'),
      );
    }),
});
