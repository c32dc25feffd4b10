import { presets } from './presets.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { TrainingRoom } from './training-room.ts';

export function trainingHandlers(training: TrainingRoom): HandlersOf<'training'> {
  return {
    'training.presets': () => presets(),
    'training.start': (plan) => training.start(plan),
    'training.list': () => training.list(),
  };
}
