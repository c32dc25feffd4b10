import type { ReviewRow, UncoveredReason } from '#contract/journal.ts';
import type { IconName } from '../shared/Icon.svelte';

const WHY: Readonly<Record<UncoveredReason, string>> = {
  open: 'Still open.',
  'no-bars': 'No stored bars cover it from entry to exit. Import them, and it is settled.',
  hole: 'Bars are missing on its way. A number from half of them would be a guess.',
  'fills-outside':
    'Its prices lie outside the bars of their time: another clock, or another instrument.',
  'in-the-bar': 'It turns on the order of prices inside the bar of its exit. Import finer bars.',
};

/** Why nothing is known of a trade, as a sentence. */
export const whyText = (why: UncoveredReason) => WHY[why];

const SHORT: Readonly<Record<UncoveredReason, string>> = {
  open: 'Open',
  'no-bars': 'No bars',
  hole: 'Bars missing',
  'fills-outside': 'Outside bars',
  'in-the-bar': 'Undecided',
};

/** A shape and a word: colour alone says nothing. */
export function outcomeOf({ outcome, why }: ReviewRow): { icon: IconName; text: string } {
  if (outcome === 'liquidated') return { icon: 'cross', text: 'Liquidated' };
  if (outcome === 'survived') return { icon: 'check', text: why ? SHORT[why] : 'Survived' };
  return { icon: outcome === 'open' ? 'dash' : 'info', text: why ? SHORT[why] : 'Does not fit' };
}
