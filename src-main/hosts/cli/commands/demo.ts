import { writeDemo } from '../../../app/series/demo-file.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';

export const demo = command({
  name: 'demo',
  summary: 'Write a synthetic series as a candle file, such as the bundled demo',
  options: {
    market: option.market,
    seed: option.seed,
    out: option.required(option.text('FILE', 'candle file to write')),
  },
  run: ({ options, dataFolder, print }) =>
    withWorkspace(dataFolder, 'read', (store) => {
      const bars = writeDemo(store, options.market, options.seed, options.out);
      print(
        { file: options.out, bars },
        ({ file }) => `${bars} synthetic bars written to ${file}.`,
      );
    }),
});
