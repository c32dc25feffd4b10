import { judgeModels } from '../../../app/evaluation/court.ts';
import { presetConfig } from '../../../app/training/presets.ts';
import {
  interruptedTraining,
  requireFreeName,
  trainOnDataset,
  trialPlan,
} from '../../../app/training/train.ts';
import { writeWhole } from '../../../app/folder/files.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { modelKind } from '../../../contract/models.ts';
import { command } from '../command.ts';
import { evaluationText } from '../evaluation-text.ts';
import * as option from '../options.ts';
import { runText, trialOf } from '../training.ts';
import type { TrainingPlan, TrainingRun } from '../../../contract/training.ts';

export const train = command({
  name: 'train',
  summary: 'Train models on a dataset; `models --use` puts one into use',
  options: {
    model: option.byDefault(option.modelKind, 'v3'),
    dataset: option.required(option.text('NAME', 'dataset to train on')),
    name: option.required(option.text('NAME', 'name of the model')),
    preset: option.byDefault(option.preset, 'standard'),
    seed: option.seed,
    epochs: option.optional(option.wholeNumber('N', 'instead of the preset’s', { from: 1 })),
    batch: option.optional(option.wholeNumber('TRADES', 'trades a step', { from: 16 })),
    'learning-rate': option.optional(option.learningRate),
    'weight-decay': option.optional(option.weightDecay),
    patience: option.optional(
      option.wholeNumber('EPOCHS', 'epochs without a better one that end it', { from: 1 }),
    ),
    'judge-on': option.optional(option.text('SERIES', 'real bars that the models are judged on')),
    from: option.optional(option.time('first entry that is judged')),
    to: option.optional(option.time('last entry that is judged; a day counts whole', 'its end')),
    out: option.optional(option.text('FILE', 'also write the model file (of one kind)')),
  },
  run: ({ options, dataFolder, print, progress, signal }) =>
    withWorkspace(dataFolder, 'write', async (store) => {
      const { model, preset, dataset, seed, out } = options;
      const kinds = model === 'all' ? modelKind.options : [model];
      if (out && kinds.length > 1) option.refuse('--out takes one model; leave out --model all.');
      const series = options['judge-on'];
      const trial = series ? trialOf(store.series.info(series), options.from, options.to) : null;
      const name = options.name.trim();
      const nameOf = (kind: string) => (kinds.length > 1 ? `${name}-${kind}` : name);
      for (const kind of kinds) requireFreeName(store, nameOf(kind));
      const runs: TrainingRun[] = [];
      for (const kind of kinds) {
        const usual = presetConfig(kind, preset);
        const plan: TrainingPlan = {
          kind,
          dataset,
          name: nameOf(kind),
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
        const onProgress = (done: number, total: number) =>
          progress(`Training ${plan.name}`, done, total);
        const resumes = interruptedTraining(store, plan);
        const { run } = await trainOnDataset(store, plan, { signal, onProgress }, resumes);
        runs.push(run);
        if (signal.aborted) break;
      }
      if (out) writeWhole(out, new TextDecoder().decode(store.models.read(name)));
      // The newest kind first: it is compared with each other one.
      const models = runs.flatMap((run) => run.model ?? []).reverse();
      const evaluation =
        trial && !signal.aborted
          ? store.evaluations.read(
              await judgeModels(store, trialPlan(store, dataset, trial, models), {
                signal,
                onProgress: (done, total) => progress('Judging', done, total),
              }),
            ).result
          : null;
      print({ runs, evaluation }, () =>
        [...runs.map(runText), ...(evaluation ? [evaluationText(evaluation)] : [])].join('\n\n'),
      );
    }),
});
