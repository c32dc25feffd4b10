import type { TrainingPlan, TrainingRun } from '../../contract/training.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { Store } from '../../store/store.ts';
import { requireSpan } from './options.ts';

/** The bars that models are judged on, cut to the series; null where none are named. */
export function trialOf(
  store: Store,
  series: string | undefined,
  from: UtcSeconds | undefined,
  to: UtcSeconds | undefined,
): TrainingPlan['trial'] {
  if (series === undefined) return null;
  const info = store.series.info(series);
  const trial = { series, from: from ?? info.from, to: to ?? ((info.to + 1) as UtcSeconds) };
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
