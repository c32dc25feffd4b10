import { BUNDLED_MARKET, fitSeries } from '../../../app/fit.ts';
import { writeWhole } from '../../../app/files.ts';
import { now } from '../../../app/now.ts';
import { withWorkspace } from '../../../app/workspace.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';
import { textTable } from '../table.ts';
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
    withWorkspace(dataFolder, 'write', (store) => {
      const { series, name, out } = options;
      const until = options.until ?? (Infinity as UtcSeconds);
      const fitted = fitSeries(store, { series, until, name }, now());
      if (out) writeWhole(out, `${JSON.stringify(fitted.parameters, null, 2)}\n`);
      print({ name, ...fitted }, ({ facts }) =>
        textTable(
          ['', 'Kurtosis', 'Range AC 1', '6', '24', '120', 'Range/vol', 'Vol %'],
          Object.entries(facts).map(([of, f]) => [
            of,
            f.kurtosis.toFixed(1),
            ...Object.values(f.rangeAutocorrelation).map((r) => r.toFixed(2)),
            f.rangeToVolatility.toFixed(2),
            (f.volatility * 100).toFixed(3),
          ]),
        ),
      );
    }),
});
