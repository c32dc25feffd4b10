import { LONGEST_HELD, type OwnExit } from './own.ts';
import type { Fraction } from '../units.ts';

/*
 * A trader's own exits, out of how long trades were held (product rules, section 2). Of a trade that
 * is still open, or that the broker ended, only that it was held for so long is known, not when the
 * trader would have ended it: it is censored. The product-limit estimate (Kaplan and Meier 1958)
 * counts it among those held until then. It takes the trader's mind to be as yet unmade at that
 * moment: where losing trades are held longest and the broker ends them, true times are longer.
 */

/** Fewer trades ended by the trader make no rule. */
export const FEWEST_ENDED = 30;
/** Holding times that a rule draws from. */
const QUANTILES = 64;

/** How long a trade was held, in bars of the series from its entry: time off the market is none. */
export interface ObservedHolding {
  readonly bars: number;
  /** By the trader. False: still open, stopped out or liquidated. */
  readonly ended: boolean;
}

export interface HoldingCurve {
  readonly ended: number;
  readonly censored: number;
  /** The share that is held for longer, after each holding time at which the trader ended a trade. */
  readonly steps: readonly { readonly bars: number; readonly held: Fraction }[];
  /** The longest that was observed, ended or not: nothing is known beyond. */
  readonly longest: number;
}

/** The product-limit estimate. A trade that was censored at `bars` was still held at that time. */
export function holdingCurve(observed: readonly ObservedHolding[]): HoldingCurve {
  const rising = observed.toSorted((a, b) => a.bars - b.bars || Number(b.ended) - Number(a.ended));
  const steps: { bars: number; held: Fraction }[] = [];
  let held = 1;
  for (let first = 0; first < rising.length;) {
    const { bars } = rising[first]!;
    let next = first;
    let ended = 0;
    for (; rising[next]?.bars === bars; next++) if (rising[next]!.ended) ended++;
    if (ended > 0) {
      held *= 1 - ended / (rising.length - first);
      steps.push({ bars, held: held as Fraction });
    }
    first = next;
  }
  const ended = observed.filter((trade) => trade.ended).length;
  return {
    ended,
    censored: observed.length - ended,
    steps,
    longest: rising.at(-1)?.bars ?? 0,
  };
}

/** Share of trades that are held for more than `bars`. */
export const heldBeyond = ({ steps }: HoldingCurve, bars: number): Fraction =>
  steps.findLast((step) => step.bars <= bars)?.held ?? (1 as Fraction);

/**
 * Holding time of a draw in [0, 1): each length as often as the curve has it. Draws beyond the last
 * that was ended by the trader give the longest observed: so long they were held at least. The bar in
 * which a trade ended counts whole.
 */
export function holdingAt({ steps, longest }: HoldingCurve, draw: number): number {
  const bars = steps.find(({ held }) => 1 - held > draw)?.bars ?? longest;
  return Math.max(1, Math.ceil(bars));
}

/** An exit rule out of observed trades, and what it stands on. */
export interface OwnExits {
  readonly kind: 'rule';
  readonly rule: OwnExit;
  readonly ended: number;
  readonly censored: number;
  /** Share of the trader's trades that last longer than the rule's longest, or whose end was not seen. */
  readonly cut: Fraction;
  /** Of the curve that it is made from. */
  readonly steps: HoldingCurve['steps'];
}

export type OwnExitsRefused =
  | {
      readonly kind: 'refused';
      readonly reason: 'too-few';
      readonly ended: number;
      readonly censored: number;
    }
  /** `trade`: number of the one whose holding time is none. */
  | { readonly kind: 'refused'; readonly reason: 'no-holding-time'; readonly trade: number };

export function ownExits(observed: readonly ObservedHolding[]): OwnExits | OwnExitsRefused {
  const wrong = observed.findIndex(({ bars }) => !(bars >= 0 && bars < Infinity));
  if (wrong >= 0) return { kind: 'refused', reason: 'no-holding-time', trade: wrong };
  const curve = holdingCurve(observed);
  const { ended, censored } = curve;
  if (ended < FEWEST_ENDED) return { kind: 'refused', reason: 'too-few', ended, censored };
  const holding = Array.from({ length: QUANTILES }, (_, i) =>
    Math.min(LONGEST_HELD, holdingAt(curve, (i + 0.5) / QUANTILES)),
  );
  const cap = holding.at(-1)!;
  return {
    kind: 'rule',
    rule: { kind: 'own', holding, trades: ended, cap },
    ended,
    censored,
    cut: heldBeyond(curve, cap),
    steps: curve.steps,
  };
}
