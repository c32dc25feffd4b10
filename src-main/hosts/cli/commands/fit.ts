import { marketFactsOf } from '../../../app/datasets/facts.ts';
import { BUNDLED_MARKET, fitSeries } from '../../../app/datasets/fit.ts';
import { writeWhole } from '../../../app/folder/files.ts';
import { now } from '../../../app/now.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { EXIT_RULES } from '../../../domain/exits/exit-rule.ts';
import { command } from '../command.ts';
import { factsText } from '../facts-text.ts';
import * as option from '../options.ts';
import type { UtcSeconds } from '../../../domain/units.ts';

export const fit = command({
  name: 'fit',
  summary: 'Fit the synthetic market to a real hourly series',
  options: {
    series: option.required(option.text('NAME', 'series to fit to')),
    until: option.optional(option.time('read only bars that open before')),
    name: option.byDefault(option.text('NAME', `name of the market`), BUNDLED_MARKET),
    out: option.optional(option.text('FILE', 'also write the parameters to a JSON file')),
  },
  run: ({ options, dataFolder, print }) =>
    withWorkspace(dataFolder, 'write', async (store) => {
      const { series, name, out } = options;
      const until = options.until ?? (Infinity as UtcSeconds);
      const parameters = fitSeries(store, { series, until, name }, now());
      if (out) writeWhole(out, `${JSON.stringify(parameters, null, 2)}\n`);
      const facts = await marketFactsOf(store, { series: null, market: name });
      print({ name, parameters, facts }, () => factsText(facts, EXIT_RULES.cross));
    }),
});
