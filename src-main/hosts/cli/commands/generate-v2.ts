import { command } from '../command.ts';
import { generationOptions, runGeneration } from '../generation.ts';
import * as option from '../options.ts';

export const generateV2 = command({
  name: 'generate v2',
  summary: 'Generate the five datasets: small, mid and big best sizes, balanced and the rest',
  options: {
    'per-class': option.byDefault(
      option.wholeNumber('N', 'trades of each class', { from: 10, to: 10_000_000 }),
      100_000,
    ),
    ...generationOptions,
  },
  run: (invocation) =>
    runGeneration(invocation, {
      kind: 'v2',
      name: null,
      trades: invocation.options['per-class'],
    }),
});
