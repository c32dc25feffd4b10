import { CorrectedLimits } from '../../domain/risk/correction.ts';
import { marginOf, MODEL_KINDS } from '../../domain/models/kinds.ts';
import {
  DEFAULT_APPETITE,
  limitOf,
  pick,
  type Policy as DecisionPolicy,
} from '../../domain/risk/decision.ts';
import type { Ladders } from '../../domain/risk/ladder.ts';
import type { PolicyResult } from '../../contract/evaluation.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { Fraction, UtcSeconds } from '../../domain/units.ts';
import type { JudgedTrade } from './judged-trades.ts';
import type { Opinions } from './opinions.ts';

/** The thresholds that every model is judged at. */
export const THRESHOLDS = [0.05, 0.1, 0.2].map((threshold) => threshold as Fraction);

/** A way of choosing sizes. */
export type Policy = Pick<PolicyResult, 'policy' | 'threshold' | 'safetyFactor' | 'corrected'>;

/** What a way of choosing sizes chose: for each trade the rung, 0 for standing aside. */
export interface Choice {
  readonly how: Policy;
  readonly chosen: Uint8Array;
}

/** What a policy picks in every trade under one limit. */
export function picksUnder(
  ladders: Ladders,
  trades: readonly JudgedTrade[],
  limit: number,
  policy: DecisionPolicy = 'largest-safe',
): Uint8Array {
  return Uint8Array.from(trades, ({ feasible }, row) =>
    pick(ladders, feasible, limit, policy, row),
  );
}

/** The same where the limit follows the trades that have closed before each entry. */
function picksCorrected(
  ladders: Ladders,
  trades: readonly JudgedTrade[],
  { time }: Bars,
  nominal: Fraction,
): Uint8Array {
  const limits = new CorrectedLimits(nominal);
  // Bars close one step after they open: their openings tell the order as well.
  const openingOf = (bar: number) => time[bar] as UtcSeconds;
  return Uint8Array.from(trades, ({ entry, direction, feasible, liquidated, closes }, row) => {
    const limit = limits.at(openingOf(entry), direction);
    const rung = pick(ladders, feasible, limit, 'largest-safe', row);
    if (rung > 0) {
      const closedAt = openingOf(closes[rung - 1]!);
      limits.add({ direction, closedAt, liquidated: liquidated[rung - 1] === 1 });
    }
    return rung;
  });
}

/**
 * Every way of choosing sizes that a model is judged by. A penalty, which is a margin of safety of
 * its own, takes the place of the safety factor; a model that names a size itself is judged by that alone.
 */
export function choicesOf(
  { kind, p, meanReturn, picks }: Opinions,
  trades: readonly JudgedTrade[],
  bars: Bars,
): Choice[] {
  if (picks) {
    const policy = kind === 'baseline' ? 'fixed' : 'most-likely';
    const how: Policy = { policy, threshold: null, safetyFactor: 1, corrected: false };
    return [{ how, chosen: picks }];
  }
  if (!p) return [];
  const ladders = { p, meanReturn };
  const own = marginOf(kind) === 'penalty' ? 1 : DEFAULT_APPETITE.safetyFactor;
  return THRESHOLDS.flatMap((threshold) => {
    const limit = (factor: number) =>
      limitOf({ threshold, safetyFactor: factor as Fraction }, kind);
    const how = (factor: number, other: Partial<Policy> = {}): Policy => ({
      policy: 'largest-safe',
      threshold,
      safetyFactor: factor,
      corrected: false,
      ...other,
    });
    const choices: Choice[] = [...new Set([1, own])].map((factor) => ({
      how: how(factor),
      chosen: picksUnder(ladders, trades, limit(factor)),
    }));
    if (kind !== 'baseline' && MODEL_KINDS[kind].triesCorrection) {
      const chosen = picksCorrected(ladders, trades, bars, limit(own));
      choices.push({ how: how(own, { corrected: true }), chosen });
    }
    if (meanReturn) {
      const chosen = picksUnder(ladders, trades, limit(own), 'best-return');
      choices.push({ how: how(own, { policy: 'best-return' }), chosen });
    }
    return choices;
  });
}

/** Of several, the one that the desk goes by at a threshold, without correction; a model's own pick. */
export function ofTheDesk<Told extends { readonly how: Policy }>(
  all: readonly Told[],
  threshold: Fraction,
): Told {
  const plain = all.filter(
    ({ how }) => how.policy === 'largest-safe' && how.threshold === threshold && !how.corrected,
  );
  return plain.at(-1) ?? all[0]!;
}
