import { CorrectedLimits } from '../../domain/risk/correction.ts';
import { DEFAULT_APPETITE, limitOf, NEAR_TIE } from '../../domain/risk/decision.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
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

/** The largest feasible rung whose P is strictly under `limit`, or 0. */
export function largestUnder(
  p: Float64Array,
  row: number,
  feasible: number,
  limit: number,
): number {
  let rung = feasible;
  while (rung > 0 && p[row * SIZE_COUNT + rung - 1]! >= limit) rung--;
  return rung;
}

/** Of the feasible rungs under `limit` the one with the best mean return, near-ties to the larger. */
export function bestReturnUnder(
  p: Float64Array,
  meanReturn: Float64Array,
  row: number,
  feasible: number,
  limit: number,
): number {
  const offset = row * SIZE_COUNT - 1;
  let highest = -Infinity;
  for (let rung = 1; rung <= feasible; rung++) {
    if (p[offset + rung]! < limit) highest = Math.max(highest, meanReturn[offset + rung]!);
  }
  let rung = feasible;
  const isBest = () =>
    p[offset + rung]! < limit && meanReturn[offset + rung]! >= highest - NEAR_TIE;
  while (rung > 0 && !isBest()) rung--;
  return rung;
}

/** Largest safe rung of every trade under one limit. */
export function largestSafe(
  p: Float64Array,
  trades: readonly JudgedTrade[],
  limit: number,
): Uint8Array {
  const chosen = new Uint8Array(trades.length);
  for (let row = 0; row < chosen.length; row++) {
    chosen[row] = largestUnder(p, row, trades[row]!.feasible, limit);
  }
  return chosen;
}

/** Largest safe rungs where the limit follows the trades that have closed before each entry. */
function largestCorrected(
  p: Float64Array,
  trades: readonly JudgedTrade[],
  { time }: Bars,
  nominal: Fraction,
): Uint8Array {
  const limits = new CorrectedLimits(nominal);
  // Bars close one step after they open: their openings tell the order as well.
  const openingOf = (bar: number) => time[bar] as UtcSeconds;
  return Uint8Array.from(trades, ({ entry, direction, feasible, liquidated, closes }, row) => {
    const rung = largestUnder(p, row, feasible, limits.at(openingOf(entry), direction));
    if (rung > 0) {
      const closedAt = openingOf(closes[rung - 1]!);
      limits.add({ direction, closedAt, liquidated: liquidated[rung - 1] === 1 });
    }
    return rung;
  });
}

/**
 * Every way of choosing sizes that a model is judged by. V2's own margin of safety takes the place
 * of the safety factor; a model that names a size itself is judged by that alone.
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
  const own = kind === 'v2' ? 1 : DEFAULT_APPETITE.safetyFactor;
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
      chosen: largestSafe(p, trades, limit(factor)),
    }));
    if (kind === 'v3') {
      const chosen = largestCorrected(p, trades, bars, limit(own));
      choices.push({ how: how(own, { corrected: true }), chosen });
    }
    if (meanReturn) {
      const chosen = Uint8Array.from(trades, ({ feasible }, row) =>
        bestReturnUnder(p, meanReturn, row, feasible, limit(own)),
      );
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
