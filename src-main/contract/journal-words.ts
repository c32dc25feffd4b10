/** What a review of past trades speaks of; without schemas, so that the window may hold it. */

/** Ways to choose a size of a past trade. */
export const CHOOSERS = ['recommended', 'taken', 'fixed'] as const;
export type Chooser = (typeof CHOOSERS)[number];

export const PAST_SOURCES = ['decision', 'statement'] as const;
export type PastSource = (typeof PAST_SOURCES)[number];

export const PAST_OUTCOMES = ['survived', 'liquidated', 'open', 'unknown'] as const;
export type PastOutcome = (typeof PAST_OUTCOMES)[number];

/** What a table of past trades is sorted by. */
export const REVIEW_ORDERS = [
  'entry',
  'taken',
  'recommended',
  'best',
  'return',
  'regret',
  'adverse',
] as const;
export type ReviewOrder = (typeof REVIEW_ORDERS)[number];

/** Why a rate of liquidations has no interval. */
export const noInterval = ({ trades, liquidated }: { trades: number; liquidated: number }) =>
  liquidated === 0 || liquidated === trades
    ? `${liquidated === 0 ? 'none' : 'all'} liquidated: no interval`
    : 'too few months for an interval';
