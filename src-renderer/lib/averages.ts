import type { ModelInfo } from '#contract/schemas.ts';

export interface Averages {
  readonly fast: number;
  readonly slow: number;
}

/** The two averages of the model's exit rule, from its name ("cross 32/128"); null for other rules. */
export function averagesOf(model: ModelInfo | null): Averages | null {
  const [, fast, slow] = /(\d+)\/(\d+)/.exec(model?.exit ?? '') ?? [];
  return fast && slow ? { fast: Number(fast), slow: Number(slow) } : null;
}
