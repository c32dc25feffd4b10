import type { KindDescription } from './kind.ts';

export const V1 = {
  label: 'V1',
  about: 'The old picker: the most likely best size. It cannot be used on the desk.',
  curve: null,
  margin: 'safety-factor',
  triesCorrection: false,
  color: 'amber',
  marker: 'm0-4.5l4.5 4.5l-4.5 4.5l-4.5-4.5z',
  // As V2: both learn from whole windows.
  training: { epochs: 6, batch: 512, learningRate: 0.0005, weightDecay: 1, patience: 4 },
} as const satisfies KindDescription;
