import type { SeriesInfo, Span } from '../../contract/series.ts';
import type { TrainingRun } from '../../contract/training.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import { requireSpan } from './options.ts';

/** Entries that models are judged on, cut to the series. */
export function trialOf(
  { name, from: first, to: last }: SeriesInfo,
  from: UtcSeconds | undefined,
  to: UtcSeconds | undefined,
): Span {
  const trial = { series: name, from: from ?? first, to: to ?? ((last + 1) as UtcSeconds) };
  requireSpan(trial.from, trial.to);
  return trial;
}

/** A run that has ended, for the terminal. */
export function runText({ plan, epochs, baselineLosses, backend, model, failure }: TrainingRun) {
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
