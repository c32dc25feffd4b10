import { limitOf } from '../domain/risk/decision.ts';
import { kindOfCurve } from '../domain/models/kinds.ts';
import { review, type Account, type Reviewed, type SettledPath } from './what-if.ts';
import type { PastOutcome, ReviewOrder } from '../contract/journal-words.ts';
import type {
  KeptTrade,
  ReviewAccount,
  ReviewFilter,
  ReviewRow,
  UncoveredReason,
} from '../contract/journal.ts';
import type { SizeResult } from '../domain/simulate/drawdown.ts';
import type { Fraction, SizeIndex } from '../domain/units.ts';
import type { PastTrade } from './past-trade.ts';

/** A reviewed trade with its row of a broker's statement; null for a recorded decision. */
export interface ToldTrade extends ReviewedTrade {
  readonly statement: KeptTrade | null;
}

/** How a past trade is met: the account, its path by the costs there, and what was recorded. */
interface Met {
  readonly path: SettledPath | null;
  readonly account: Account;
  readonly recommended?: SizeIndex | null;
}

/**
 * The limit that the desk would have held a trade to at its entry: the nominal one, after what had
 * come of decisions by then. Asked about trades in the order of their entries.
 */
export type LimitInForce = (past: PastTrade, nominal: Fraction) => Fraction;

/** A past trade in one account. */
export interface ReviewedTrade extends Reviewed {
  readonly past: PastTrade;
  readonly met: Met;
  /** P had to be under it; null where nothing is known. */
  readonly limit: Fraction | null;
  /** Of the size taken, or recommended where none is known to have been taken. */
  readonly chosen: SizeResult | null;
  readonly outcome: PastOutcome;
  readonly why: UncoveredReason | null;
  readonly regret: Fraction | null;
}

const NOTHING: Reviewed = {
  recommended: null,
  stoodAside: false,
  best: null,
  bestReturn: null,
  ofTaken: null,
  ofRecommended: null,
  ofFixed: null,
};

/** Every past trade in an account; `trades` in the order of their entries. */
export function reviewAll(
  trades: readonly PastTrade[],
  asked: ReviewAccount,
  limitInForce: LimitInForce,
): ReviewedTrade[] {
  return trades.map((past) => {
    const met = metIn(past, asked, limitInForce);
    const { path, account, recommended } = met;
    if (!path) return unknownOf(past, met);
    const reviewed = review(path, account, asked.fixed, recommended);
    const isTakenKnown = past.taken !== null;
    const chosen = isTakenKnown ? reviewed.ofTaken : reviewed.ofRecommended;
    const isDecided = chosen !== null && reviewed.bestReturn !== null;
    return {
      ...reviewed,
      past,
      met,
      limit: account.limit,
      chosen,
      outcome: chosen === null ? 'unknown' : chosen.liquidatedAfter < 0 ? 'survived' : 'liquidated',
      why: isDecided || reviewed.bestReturn !== null ? null : 'in-the-bar',
      regret: isDecided ? ((reviewed.bestReturn! - chosen.return) as Fraction) : null,
    };
  });
}

function metIn(
  past: PastTrade,
  { equity, rules, appetite, policy, ofDecisions }: ReviewAccount,
  limitInForce: LimitInForce,
): Met {
  if (past.own && ofDecisions === 'recorded') return past.own;
  const nominal = limitOf(appetite, past.path?.curve ? kindOfCurve(past.path.curve) : null);
  const limit = limitInForce(past, nominal);
  return { path: past.path, account: { equity, rules, limit, policy } };
}

const unknownOf = (past: PastTrade, met: Met): ReviewedTrade => ({
  ...NOTHING,
  recommended: past.own?.recommended ?? null,
  stoodAside: past.own !== null && past.own.recommended === null,
  past,
  met,
  limit: past.own?.account.limit ?? null,
  chosen: null,
  outcome: past.why === 'open' ? 'open' : 'unknown',
  why: past.why,
  regret: null,
});

/** Those of a filter; its outcome aside where `anyOutcome`. */
export function matching(
  trades: readonly ReviewedTrade[],
  { source, account, direction, outcome, text }: ReviewFilter,
  anyOutcome = false,
): ReviewedTrade[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return trades.filter(
    ({ past, outcome: came }) =>
      (source === null || past.source === source) &&
      (account === null || past.account === account) &&
      (direction === null || past.direction === direction) &&
      (anyOutcome || outcome === null || came === outcome) &&
      words.every((word) => past.words.includes(word)),
  );
}

const VALUES: Readonly<Record<ReviewOrder, (trade: ReviewedTrade) => number | null>> = {
  entry: ({ past }) => past.openedAt,
  taken: ({ past }) => past.taken,
  recommended: ({ recommended }) => recommended,
  best: ({ best }) => best,
  return: ({ chosen }) => chosen?.return ?? null,
  regret: ({ regret }) => regret,
  adverse: ({ past }) => past.adverse,
};

/** In an order; what is not known comes last, equal ones newest first. */
export function inOrder(
  trades: readonly ReviewedTrade[],
  by: ReviewOrder,
  descending: boolean,
): ReviewedTrade[] {
  const sign = descending ? -1 : 1;
  const keyed = trades.map((trade) => ({ trade, value: VALUES[by](trade) }));
  keyed.sort((a, b) => {
    if (a.value === b.value) return b.trade.past.openedAt - a.trade.past.openedAt;
    if (a.value === null) return 1;
    return b.value === null ? -1 : sign * (a.value - b.value);
  });
  return keyed.map(({ trade }) => trade);
}

/** As a window shows it. */
export function rowOf(trade: ReviewedTrade): ReviewRow {
  const { past, recommended, stoodAside, best, outcome, why, chosen, regret } = trade;
  const { path: _path, own: _own, words: _words, ...told } = past;
  return {
    ...told,
    tags: [...past.tags],
    recommended,
    stoodAside,
    best,
    outcome,
    why,
    return: chosen?.return ?? null,
    regret,
  };
}
