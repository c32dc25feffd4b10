import { writeTrades } from '../../../app/series/trade-file.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { ruleOf } from '../../../domain/exits/exit-rule.ts';
import { accountOptions, rulesOf } from '../account.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';

export const simulate = command({
  name: 'simulate',
  summary: 'Simulate trades on a series, with the outcome of all 30 sizes, into a CSV file',
  options: {
    series: option.required(option.text('NAME', 'series to simulate on')),
    exit: option.byDefault(option.exitRule, 'cross'),
    from: option.required(option.time('first entry')),
    to: option.required(option.time('last entry; a day counts whole', 'its end')),
    every: option.every,
    out: option.required(
      option.text('FILE', 'CSV file to write; entry_time is the opening of the decision bar'),
    ),
    seed: option.seed,
    ...accountOptions,
  },
  run: ({ options, dataFolder, print }) =>
    withWorkspace(dataFolder, 'read', (store) => {
      option.requireSpan(options.from, options.to);
      const written = writeTrades(options.out, store.series.bars(options.series), {
        rule: ruleOf(options.exit),
        from: options.from,
        to: options.to,
        every: options.every,
        equity: options.equity,
        rules: rulesOf(options),
        seed: options.seed,
      });
      print(
        { file: options.out, ...written },
        ({ file, trades }) => `${trades} trades written to ${file}.`,
      );
    }),
});
