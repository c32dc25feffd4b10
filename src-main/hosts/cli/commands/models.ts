import { DEFAULT_KIND } from '../../../domain/models/kinds.ts';
import { modelKind } from '../../../contract/models.ts';
import { isoTime } from '../../../domain/time/time.ts';
import { command } from '../command.ts';
import { evaluationText } from '../evaluation-text.ts';
import * as option from '../options.ts';
import { textTable } from '../table.ts';
import { spanOf } from '../span.ts';
import type { TrainingRun } from '../../../contract/training.ts';

export const train = command({
  name: 'train',
  summary: 'Train models on a dataset; `models --use` puts one into use',
  options: {
    model: option.byDefault(option.modelKind, DEFAULT_KIND),
    dataset: option.required(option.text('NAME', 'dataset to train on')),
    name: option.required(option.text('NAME', 'name of the model')),
    preset: option.byDefault(option.preset, 'standard'),
    seed: option.seed,
    epochs: option.optional(option.epochs),
    batch: option.optional(option.batch),
    'learning-rate': option.optional(option.learningRate),
    'weight-decay': option.optional(option.weightDecay),
    patience: option.optional(option.patience),
    'judge-on': option.optional(option.text('SERIES', 'real bars that the models are judged on')),
    from: option.optional(option.time('first entry that is judged')),
    to: option.optional(option.time('last entry that is judged; a day counts whole', 'its end')),
    out: option.optional(option.text('FILE', 'also write the model file (of one kind)')),
  },
  writes: true,
  run: async ({ options, call, print }) => {
    const { model, preset, dataset, seed, out } = options;
    const kinds = model === 'all' ? modelKind.options : [model];
    if (out && kinds.length > 1) option.refuse('--out takes one model; leave out --model all.');
    const series = options['judge-on'];
    const trial = series ? await spanOf(call, series, options.from, options.to) : null;
    const name = options.name.trim();
    const presets = await call('training.presets', {});
    const plans = kinds.map((kind) => {
      const usual = presets.find((one) => one.kind === kind && one.preset === preset)!.config;
      return {
        kind,
        dataset,
        name: kinds.length > 1 ? `${name}-${kind}` : name,
        seed,
        config: {
          epochs: options.epochs ?? usual.epochs,
          batch: options.batch ?? usual.batch,
          learningRate: options['learning-rate'] ?? usual.learningRate,
          weightDecay: options['weight-decay'] ?? usual.weightDecay,
          patience: options.patience ?? usual.patience,
        },
        trial,
      };
    });
    const { runs, evaluation } = await call('training.run', { plans });
    if (out) await call('models.exportTo', { name, file: out });
    print({ runs, evaluation }, () =>
      [...runs.map(runText), ...(evaluation ? [evaluationText(evaluation)] : [])].join('\n\n'),
    );
  },
});

/** A run that has ended. */
function runText({ plan, epochs, baselineLosses, backend, model, failure }: TrainingRun): string {
  const best = epochs.findLast((epoch) => epoch.best);
  return [
    `${plan.kind.toUpperCase()} on ${plan.dataset}, ${backend ?? 'no backend'}, seed ${plan.seed}`,
    `Validation loss by epoch: ${epochs.map((e) => e.validationLoss.toFixed(4)).join(' ')}`,
    ...(best ? [`Best: epoch ${best.epoch}, ${best.validationLoss.toFixed(4)}`] : []),
    ...Object.entries(baselineLosses).map(([name, loss]) => `${name}: ${loss.toFixed(4)}`),
    model
      ? `${model} is kept; put it into use with: size-picker models --use ${model}`
      : (failure ?? 'No model was kept.'),
  ].join('\n');
}

export const models = command({
  name: 'models',
  summary: 'List the trained models; --use puts one into use',
  options: { use: option.optional(option.text('NAME', 'model to put into use')) },
  writes: ({ use }) => use !== undefined,
  run: async ({ options, call, print }) => {
    if (options.use) await call('models.use', { name: options.use });
    const list = (await call('models.list', {})).map((model) => ({
      ...model,
      trainedAt: isoTime(model.trainedAt),
    }));
    print(list, () =>
      textTable(
        ['', 'Name', 'Kind', 'Exit', 'Trades', 'Trained'],
        list.map((m) => [m.inUse ? '*' : '', m.name, m.kind, m.exit, m.trades, m.trainedAt]),
      ),
    );
  },
});

export const exportModel = command({
  name: 'export model',
  summary: 'Write a trained model, with its provenance, into a file',
  files: ['NAME'],
  options: { out: option.required(option.text('FILE', 'file to write')) },
  run: async ({ options, files, call, print }) => {
    const [name] = files as [string];
    const { out: file } = options;
    await call('models.exportTo', { name, file });
    print({ name, file }, () => `${name} is in ${file}.`);
  },
});

export const importModel = command({
  name: 'import model',
  summary: 'Keep the model of a file that Size Picker wrote',
  files: ['FILE'],
  options: {},
  writes: true,
  run: async ({ files, call, print }) => {
    const kept = await call('models.importFile', { file: files[0]! });
    print(
      { ...kept, trainedAt: isoTime(kept.trainedAt) },
      ({ name }) => `${name} is kept; put it into use with: size-picker models --use ${name}`,
    );
  },
});
