import { LONGEST_RUN, trainOnDataset } from '../../../app/train.ts';
import { writeWhole } from '../../../app/files.ts';
import { now } from '../../../app/now.ts';
import { withWorkspace } from '../../../app/workspace.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';
import type { UtcSeconds } from '../../../domain/units.ts';

export const train = command({
  name: 'train',
  summary: 'Train a model on a dataset; `models --use` puts it into use',
  options: {
    model: option.byDefault(option.modelKind, 'v3'),
    dataset: option.required(option.text('NAME', 'dataset to train on')),
    name: option.required(option.text('NAME', 'name of the model')),
    seed: option.seed,
    'judge-on': option.optional(option.text('SERIES', 'series that its provenance is scored on')),
    from: option.optional(option.time('first entry that is scored')),
    to: option.optional(option.time('last entry that is scored; a day counts whole', 'its end')),
    out: option.optional(option.text('FILE', 'also write the model file')),
  },
  run: ({ options, dataFolder, print, progress, signal, words }) =>
    withWorkspace(dataFolder, 'write', async (store) => {
      const { name, dataset, seed, out } = options;
      const series = options['judge-on'];
      const { from = 0 as UtcSeconds, to = Infinity as UtcSeconds } = options;
      const { model, file } = await trainOnDataset(
        store,
        { name, dataset, seed, command: words, trial: series ? { series, from, to } : null },
        now(),
        { signal, onEpoch: ({ epoch }) => progress('Training', epoch, LONGEST_RUN) },
      );
      if (out) writeWhole(out, file);
      const { epochs, baselineLosses, scores } = model.provenance;
      print({ name, epochs, baselineLosses, scores }, () =>
        [
          `Validation log loss by epoch: ${epochs.map((e) => e.validationLoss.toFixed(4)).join(' ')}`,
          ...Object.entries(baselineLosses).map(([rule, loss]) => `${rule}: ${loss.toFixed(4)}`),
          `${name} is kept; put it into use with: size-picker models --use ${name}`,
        ].join('\n'),
      );
    }),
});
