import { command } from '../command.ts';
import { generationOptions, runGeneration } from '../generation.ts';
import * as option from '../options.ts';

export const generate = command({
  name: 'generate',
  summary: 'Generate one dataset of synthetic trades, in their natural mix',
  options: {
    name: option.required(option.text('NAME', 'name of the dataset')),
    trades: option.byDefault(
      option.wholeNumber('N', 'trades', { from: 100, to: 10_000_000 }),
      30_000,
    ),
    ...generationOptions,
  },
  run: (invocation) => {
    const { name, trades } = invocation.options;
    return runGeneration(invocation, { kind: 'natural', name, trades });
  },
});
