import { marketFactsOf } from '../../../app/datasets/facts.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { ruleOf } from '../../../domain/exits/exit-rule.ts';
import { command } from '../command.ts';
import { factsText } from '../facts-text.ts';
import * as option from '../options.ts';

export const facts = command({
  name: 'facts',
  summary: 'Tell what real bars and the synthetic market have in common, and where they differ',
  options: {
    series: option.optional(
      option.text('NAME', 'series to compare (default: the bars that the market was fitted to)'),
    ),
    exit: option.byDefault(option.exitRule, 'cross'),
    market: option.market,
  },
  run: ({ options, dataFolder, print }) =>
    withWorkspace(dataFolder, 'read', async (store) => {
      const exit = ruleOf(options.exit);
      const { series = null, market } = options;
      print(await marketFactsOf(store, { series, exit, market }), (told) => factsText(told, exit));
    }),
});
