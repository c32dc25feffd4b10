import { ofTheDesk, THRESHOLDS } from './choices.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { JudgedTrade } from './judged-trades.ts';
import type { Judged } from './outcomes.ts';

type EquityCurves = Evaluation['equityCurves'];

/** Rows of the trades that a trader makes who holds one at a time, by turns long and short. */
export function oneAtATime(trades: readonly JudgedTrade[]): number[] {
  const rows: number[] = [];
  let next = 'long';
  let free = 0;
  trades.forEach(({ entry, exit, direction }, row) => {
    if (entry < free || direction !== next) return;
    rows.push(row);
    free = exit;
    next = direction === 'long' ? 'short' : 'long';
  });
  return rows;
}

/** Sums of a model's returns over those trades, not compounded, at each threshold. */
export function equityCurves(
  rows: readonly number[],
  model: string,
  judged: readonly Judged[],
): EquityCurves['curves'] {
  return THRESHOLDS.map((threshold) => {
    const { outcomes } = ofTheDesk(judged, threshold);
    let sum = 0;
    return { model, threshold, returns: rows.map((row) => (sum += outcomes.returns[row]!)) };
  });
}

/** When each of those trades ends. */
export const exitTimes = (
  { time }: Bars,
  trades: readonly JudgedTrade[],
  rows: readonly number[],
): EquityCurves['times'] => rows.map((row) => time[trades[row]!.exit] as UtcSeconds);
