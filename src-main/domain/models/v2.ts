import type { KindDescription } from './kind.ts';

export const V2 = {
  label: 'V2',
  about: 'Two heads on the window: P(liquidation) and return for each of the 30 sizes.',
  curve: 'sizes',
  margin: 'penalty',
  triesCorrection: false,
  color: 'violet',
  marker: 'm-3-3h6v6h-6z',
  // A larger net on whole windows: it learns the paths by heart within a few epochs.
  training: { epochs: 6, batch: 512, learningRate: 0.0005, weightDecay: 1, patience: 4 },
} as const satisfies KindDescription;
