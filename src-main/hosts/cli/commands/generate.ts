import { generate as generateTrades } from '../../../app/generate.ts';
import { withWorkspace } from '../../../app/workspace.ts';
import { EXIT_RULES } from '../../../domain/exit-rule.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';

export const generate = command({
  name: 'generate',
  summary: 'Generate a dataset of synthetic trades, in their natural mix',
  options: {
    name: option.required(option.text('NAME', 'name of the dataset')),
    trades: option.byDefault(
      option.wholeNumber('N', 'trades', { from: 100, to: 10_000_000 }),
      30_000,
    ),
    exit: option.byDefault(option.exitRule, 'cross'),
    market: option.market,
    seed: option.seed,
  },
  run: ({ options, dataFolder, print, progress, signal, words }) =>
    withWorkspace(dataFolder, 'write', async (store) => {
      const plan = { ...options, exit: EXIT_RULES[options.exit], command: words };
      const made = await generateTrades(
        store,
        plan,
        (done, total) => progress('Generating', done, total),
        signal,
      );
      print(made, ({ name, trades, mix, checksum, generators }) =>
        [
          `${name}: ${trades} trades; ${mix.small} small, ${mix.mid} mid, ${mix.big} big; checksum ${checksum}`,
          ...(generators.bootstrap > 0
            ? []
            : [
                'The bars that the market was fitted to are not imported: no blocks of them are in it.',
              ]),
        ].join('\n'),
      );
    }),
});
