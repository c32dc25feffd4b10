import { CodedError } from '../../../contract/errors.ts';
import { DEFAULT_KIND, MODEL_KINDS } from '../../../domain/models/kinds.ts';
import { number } from '../../../domain/answer/wording.ts';
import { command } from '../command.ts';
import { evaluationText } from '../evaluation-text.ts';
import * as option from '../options.ts';
import { spanOf } from '../span.ts';
import { textTable } from '../table.ts';

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
  run: async ({ options, call, print }) => {
    const { exit, every, seed, predictions = null, report = null } = options;
    if (options.model && options.models) option.refuse('Give --model or --models, not both.');
    const inUse = (await call('models.list', {})).find((model) => model.inUse);
    const models =
      options.models ?? [options.model ?? inUse?.name].filter((name) => name !== undefined);
    if (models.length === 0) throw new CodedError('no-model');
    const span = await spanOf(call, options.series, options.from, options.to);
    const plan = { ...span, exit, every, seed, models };
    const shown = { label: 'Judging', unit: 'trades' };
    print(await call('court.judgeOnce', { ...plan, predictions, report }, shown), evaluationText);
  },
});

export const walkForward = command({
  name: 'walk-forward',
  summary: `Judge each year by a ${MODEL_KINDS[DEFAULT_KIND].label} fitted and trained anew on what came before it`,
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
  run: async ({ options, call, print }) => {
    const { series, exit, trades, every, seed, 'from-year': fromYear = null } = options;
    const walked = await call(
      'court.walkForward',
      { series, exit, trades, every, seed, fromYear },
      { label: 'Walking forward' },
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
  },
});
