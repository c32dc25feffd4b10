import { count, number } from '../lib/format.ts';
import type { TrainingRun } from '#contract/training.ts';

/** What a run of training is at, in words. */

export const bestOf = ({ epochs }: TrainingRun) => epochs.findLast(({ best }) => best) ?? null;

export const BACKENDS = { wasm: 'wasm', native: 'native, TensorFlow' } as const;

/** The losses of a run for one who cannot see them. */
export function lossText(run: TrainingRun): string {
  const [first, last, best] = [run.epochs[0], run.epochs.at(-1), bestOf(run)];
  if (!first || !last || !best) return 'Losses by epoch: the first is not done yet.';
  const beaten = Object.entries(run.baselineLosses).map(
    ([name, loss]) => `${name} ${number(loss, 4)}`,
  );
  return (
    `Validation loss ${number(first.validationLoss, 4)} after epoch 1, ` +
    `${number(last.validationLoss, 4)} after epoch ${last.epoch}, ` +
    `best ${number(best.validationLoss, 4)} at epoch ${best.epoch}.` +
    (beaten.length > 0 ? ` To beat: ${beaten.join(', ')}.` : '')
  );
}

/** Share of all steps that are done; what is live may be older than the last epoch. */
export const stepsDone = ({ live, epochs, plan }: TrainingRun) =>
  Math.max(live?.done ?? 0, epochs.length / plan.config.epochs);

/** Share of what is under way: of the steps while it trains, of the phase otherwise. */
export const shareDone = (run: TrainingRun) =>
  run.state === 'running' && run.phase !== 'training' ? run.progress : stepsDone(run);

/** "Epoch 5 of 8", "Training stopped at epoch 12". */
export function headline(run: TrainingRun): string {
  const { state, phase, epochs, plan } = run;
  const of = `${count(epochs.length)} of ${count(plan.config.epochs)}`;
  switch (state) {
    case 'waiting':
      return 'Waiting for its turn';
    case 'running':
      if (phase === 'reading') return 'Reading trades';
      if (phase === 'judging') return `Judging on ${barsOf(run)}`;
      return `Epoch ${count(Math.min(epochs.length + 1, plan.config.epochs))} of ${count(plan.config.epochs)}`;
    case 'done':
      return `${epochs.length < plan.config.epochs ? 'Ended early' : 'Finished'}, epoch ${of}`;
    case 'failed':
      return run.trades
        ? `Training stopped at epoch ${count(epochs.length + 1)}`
        : 'Training stopped before its first epoch';
    case 'cancelled':
      return epochs.length > 0 ? `Cancelled after epoch ${of}` : 'Cancelled';
    case 'interrupted':
      return epochs.length > 0 ? `Interrupted after epoch ${of}` : 'Interrupted';
  }
}

/** "Best: epoch 4, validation loss 0.1869". */
export function bestText(run: TrainingRun): string {
  const best = bestOf(run);
  return best ? `Best: epoch ${best.epoch}, validation loss ${number(best.validationLoss, 4)}` : '';
}

/** What became of a run that is over; empty for one that is not. */
export function outcome(run: TrainingRun): string {
  const { state, failure, model, epochs } = run;
  const kept = model ? `Its best epoch is kept as ${model}.` : 'No model was kept.';
  switch (state) {
    case 'failed':
      return failure ?? kept;
    case 'cancelled':
      if (model || epochs.length > 0) return kept;
      return 'It was cancelled before its first epoch was done. No model was kept.';
    case 'interrupted':
      return 'The app was stopped. What was done up to the last whole epoch is kept.';
    case 'done':
      return kept;
    case 'waiting':
      return 'It begins by itself when what is before it is done.';
    case 'running':
      return '';
  }
}

/** "XAUUSD_H1, 2023" */
function barsOf({ plan }: TrainingRun): string {
  if (!plan.trial) return 'real bars';
  const { series, from, to } = plan.trial;
  const [first, last] = [from, to - 1].map((time) => new Date(time * 1000).getUTCFullYear());
  return `${series}, ${first === last ? first : `${first} to ${last}`}`;
}
