import type { CallOutput } from '../../contract/calls.ts';
import type { TrainingConfig, TrainingPreset } from '../../contract/training.ts';
import { MODEL_KIND_NAMES, MODEL_KINDS, type ModelKind } from '../../domain/models/kinds.ts';

/** How many times as many epochs each preset has. */
const LENGTHS: Readonly<Record<TrainingPreset, number>> = {
  quick: 1 / 2,
  standard: 1,
  thorough: 2,
};

export function presetConfig(kind: ModelKind, preset: TrainingPreset): TrainingConfig {
  const { training } = MODEL_KINDS[kind];
  return { ...training, epochs: training.epochs * LENGTHS[preset] };
}

/** The numbers of every preset, for each kind of model. */
export function presets(): CallOutput<'training.presets'> {
  return MODEL_KIND_NAMES.flatMap((kind) =>
    (Object.keys(LENGTHS) as TrainingPreset[]).map((preset) => ({
      kind,
      preset,
      config: presetConfig(kind, preset),
    })),
  );
}
