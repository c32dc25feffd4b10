import { EXIT_RULES, ruleOf } from '../../../domain/exits/exit-rule.ts';
import { INSTRUMENTS } from '../../../domain/instrument.ts';
import { command } from '../command.ts';
import { factsText } from '../facts-text.ts';
import * as option from '../options.ts';

const MARKETS = Object.values(INSTRUMENTS)
  .map(({ market }) => market)
  .join(' or ');

export const fit = command({
  name: 'fit',
  summary: 'Fit the synthetic market to a real hourly series',
  options: {
    series: option.required(option.text('NAME', 'series to fit to')),
    until: option.optional(option.time('read only bars that open before')),
    name: option.optional(
      option.text('NAME', `name of the market (default: that of the instrument, ${MARKETS})`),
    ),
    out: option.optional(option.text('FILE', 'also write the parameters to a JSON file')),
  },
  writes: true,
  run: async ({ options, call, print }) => {
    const { series, until = null, out = null } = options;
    const wish = { series, until, name: options.name ?? null, file: out };
    const { name, parameters } = await call('markets.fit', wish);
    const facts = await call('facts.read', { series: null, market: name });
    print({ name, parameters, facts }, () => factsText(facts, EXIT_RULES.cross));
  },
});

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
  run: async ({ options, call, print }) => {
    const { series = null, exit, market } = options;
    print(await call('facts.read', { series, exit, market }), (markets) =>
      factsText(markets, ruleOf(exit)),
    );
  },
});
