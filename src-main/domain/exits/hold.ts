import { CAP, commonExit } from './define-exit.ts';

/** Ends after a holding time between `shortest` and the cap, log-uniform in the draw. */
export const hold = commonExit({
  kind: 'hold',
  parameters: { shortest: { from: 1, whole: true }, cap: CAP },
  common: { shortest: 24, cap: 720 },
  name: 'a holding time',
  detail: ({ shortest, cap }) => `${shortest} to ${cap} bars`,
  trait: ({ shortest, cap }) => `holding times of ${shortest} to ${cap} bars`,
  averages: () => null,
  holdsAsPlanned: true,
  candles: () => 1,
  prepare: (_close, { shortest, cap }) => ({
    signal: (entry, _direction, draw) => entry + Math.round(shortest * (cap / shortest) ** draw),
  }),
});
