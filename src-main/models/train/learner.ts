import type { LayerShape } from './weights.ts';
import type { Scaler } from './scaler.ts';
import type { Task } from './training.ts';

/** A kind of model, ready to learn from examples. */
export interface Learner {
  readonly task: Task;
  /** Validation losses of what must be beaten, by name. */
  readonly baselineLosses: Readonly<Record<string, number>>;
  /** What is stored of it beside the weights. */
  readonly stored: {
    readonly features: readonly string[];
    readonly scaler: Scaler;
    readonly layers: readonly LayerShape[];
  };
}
