import type { CallOutput } from '../contract/calls.ts';

/** The numbers of every preset, for each kind of model. */
export function presets(): CallOutput<'training.presets'> {
  return [];
}
