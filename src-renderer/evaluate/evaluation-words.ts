import { deskPolicy } from '#contract/evaluation-words.ts';
import { number } from '#domain/answer/wording.ts';
import type { Evaluation, JudgedModel } from '#contract/evaluation.ts';

/** Classes of a model's line: what it is, and how many of its kind came before. */
export function seriesClass(model: JudgedModel, models: readonly JudgedModel[]): string {
  const kind = model.kind === 'baseline' ? model.name.replaceAll(' ', '-') : model.kind;
  const before = models.slice(0, models.indexOf(model)).filter(({ kind }) => kind === model.kind);
  const order = model.kind === 'baseline' ? 0 : before.length;
  const rank = ['', 'second', 'later'][Math.min(order, 2)]!;
  return `series ${kind} ${rank} ${models[0] === model ? 'first' : ''}`;
}

/** Around 0 0, 8 px across: what a line is, for whoever cannot tell its colour. */
const MARKERS: Readonly<Record<string, string>> = {
  v1: 'M0-4.5L4.5 0L0 4.5L-4.5 0z',
  v2: 'M-3-3h6v6h-6z',
  v3: 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z',
  'volatility rule': 'M0-4L4 3H-4z',
  lookup: 'M0 4L4-3H-4z',
  constant: 'M-3-3L3 3M3-3L-3 3',
  'fixed size': 'M0-4V4M-4 0H4',
};
export const markerOf = ({ kind, name }: JudgedModel) =>
  MARKERS[kind === 'baseline' ? name : kind] ?? MARKERS['constant']!;

/** How much more often one direction of the first model was liquidated; null where it was not. */
export function directionsWarning({ groups }: Evaluation, threshold: number): string | null {
  const policyOf = (name: string) => {
    const group = groups.find((one) => one.name === name);
    return group ? deskPolicy(group.models[0]!, threshold) : null;
  };
  const [long, short] = [policyOf('long'), policyOf('short')];
  if (!long?.realised || !short?.realised) return null;
  const [more, fewer, ratio] =
    short.realised >= long.realised
      ? ['Shorts', 'longs', short.realised / long.realised]
      : ['Longs', 'shorts', long.realised / short.realised];
  if (ratio < 1.5) return null;
  return `${more} were liquidated ${number(ratio, 1)} times as often as ${fewer} on these bars. The safety factor covers both on average, not each alone.`;
}
