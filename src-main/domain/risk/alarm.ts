import type { ClosedTrade } from './correction.ts';
import type { Fraction, UtcSeconds } from '../units.ts';

/*
 * Whether liquidations keep to what was promised: a test that may be looked at after every trade.
 *
 * It is a bet against the promises (testing by betting: Shafer 2021; e-processes: Ramdas, Grünwald,
 * Vovk and Shafer 2023). A claim that pays 1 where a trade is liquidated costs its promised P, paid at
 * the entry and lost where the trade survives. As long as no trade is liquidated with more than its
 * promised probability, given all that is known at its entry, buying claims gains nothing on average.
 * Money and what open claims can be expected to pay are then a non-negative supermartingale, and the
 * chance that 1 ever becomes 1 / rate is at most `rate`, however long one looks (Ville 1939). So the
 * money is the evidence.
 *
 * Trades overlap and are liquidated together. What is staked on a trade is therefore out of play until
 * it closes and counts as nothing until then; the trades entered meanwhile share what is left. Of ten
 * liquidated in one fall, gains are added, not multiplied, and nothing need be assumed of how trades
 * hang together, nor of why the trader entered or added to them. Where trades do not overlap, this is
 * the product of the likelihood ratios.
 *
 * What must hold is the promise at each entry. A P that is right on average alone, too low for
 * weeks and too high for others, is no kept promise, and the alarm may say so (tests/property measures
 * this, the rate of false alarms and how long a true one takes).
 */

/**
 * Chance, at most, that the alarm ever goes off while all promises are kept. It is that of one test: a
 * new one, begun after the trader retrained or widened the margin of safety, has it again.
 */
export const FALSE_ALARM_RATE = 0.05;
/** Evidence at which it goes off. */
export const ALARM_AT = 1 / FALSE_ALARM_RATE;
/** Bets are laid as though the odds of a liquidation were so many times those promised. */
const ODDS = [1.5, 2, 3, 5] as const;
/**
 * Money comes into play over time, half of it by this trade: what 300 kept promises would have lost
 * is there when the market changes. From a change to 3 times a promised 6% the alarm then takes about
 * 80 trades, not 130; where it is so from the first trade on, 45, not 35.
 */
const HALF_IN_PLAY = 20;

/**
 * A trade with the P that was promised for its size, or the limit where only that is known: P was
 * under it. All trades of the model belong to the test, those that are still open too; one that was
 * ended by hand before its exit was not liquidated, nor one that was after it.
 */
export interface PromisedTrade extends Pick<ClosedTrade, 'liquidated'> {
  readonly enteredAt: UtcSeconds;
  /** Null while it is open. */
  readonly closedAt: UtcSeconds | null;
  readonly promised: Fraction;
}

export interface Watch {
  readonly kind: 'watch';
  /** Closed trades, how many of them were to be liquidated at the most, and how many were. */
  readonly trades: number;
  readonly expected: number;
  readonly realised: number;
  /** In the order of the closes up to the alarm: which trade closed, and the evidence since; at first 1. */
  readonly steps: readonly { readonly trade: number; readonly evidence: number }[];
  /** The trade at whose close the alarm went off; what the trader then changes begins a new test. */
  readonly firedAt: number | null;
}

/** A trade that nothing can be said with: its number. */
export interface WatchRefused {
  readonly kind: 'refused';
  readonly reason: 'no-probability' | 'closed-before-entry';
  readonly trade: number;
}

/** The test over all trades since it was begun, in any order. */
export function watch(trades: readonly PromisedTrade[]): Watch | WatchRefused {
  const wrong = trades.findIndex((trade) => whyRefused(trade) !== null);
  if (wrong >= 0) return { kind: 'refused', reason: whyRefused(trades[wrong]!)!, trade: wrong };
  const closed = trades.filter(({ closedAt }) => closedAt !== null);
  return {
    kind: 'watch',
    trades: closed.length,
    expected: closed.reduce((sum, { promised }) => sum + promised, 0),
    realised: closed.filter(({ liquidated }) => liquidated).length,
    ...bet(trades),
  };
}

function whyRefused({ promised, enteredAt, closedAt }: PromisedTrade) {
  if (!(promised >= 0 && promised <= 1)) return 'no-probability';
  return closedAt === null || closedAt >= enteredAt ? null : 'closed-before-entry';
}

function bet(trades: readonly PromisedTrade[]): Pick<Watch, 'steps' | 'firedAt'> {
  const steps: { trade: number; evidence: number }[] = [];
  /** Not yet in play; free to be staked, for each of the odds; claims held on each trade. */
  let kept = 1;
  const free = ODDS.map(() => 0);
  const claims: number[][] = trades.map(() => []);
  let entries = 0;
  for (const { trade, closes } of inTime(trades)) {
    if (!closes) {
      const left = HALF_IN_PLAY / (HALF_IN_PLAY + ++entries);
      const { promised } = trades[trade]!;
      ODDS.forEach((odds, i) => {
        const wealth = free[i]! + (kept - left) / ODDS.length;
        // Kelly's stake (1956): the wealth moves by the likelihood ratio of those odds. P = 0 costs nothing.
        claims[trade]![i] = (wealth * (odds - 1)) / (1 + promised * (odds - 1));
        free[i] = wealth - claims[trade]![i]! * promised;
      });
      kept = left;
      continue;
    }
    if (trades[trade]!.liquidated) claims[trade]!.forEach((won, i) => (free[i]! += won));
    const evidence = free.reduce((sum, wealth) => sum + wealth, kept);
    steps.push({ trade, evidence });
    if (evidence >= ALARM_AT) return { steps, firedAt: trade };
  }
  return { steps, firedAt: null };
}

/** Entries and closes as they came. A close at the moment of an entry is known at it. */
function inTime(trades: readonly PromisedTrade[]) {
  return trades
    .flatMap(({ enteredAt, closedAt }, trade) => [
      { trade, closes: false, time: enteredAt, rank: 1 },
      ...(closedAt === null
        ? []
        : [{ trade, closes: true, time: closedAt, rank: closedAt > enteredAt ? 0 : 2 }]),
    ])
    .sort((a, b) => a.time - b.time || a.rank - b.rank);
}
