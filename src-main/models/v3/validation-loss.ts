import { logLossOf } from '../../domain/stats/metrics.ts';
import { moveAtShare } from './leverages.ts';
import type { RiskOfMove } from '../risk-model.ts';
import type { Examples } from '../train/examples.ts';

const POINTS = 32;
/** Moves that liquidate at the middle of each equal part of the leverages. */
const MOVES = Array.from({ length: POINTS }, (_, i) => moveAtShare((i + 0.5) / POINTS));

/** Weighted mean log loss over (trade, feasible rung) of the given rows; the same on every call. */
export function validationLoss(
  examples: Examples,
  rows: Int32Array,
  riskOfRow: (row: number) => RiskOfMove,
): number {
  let loss = 0;
  let total = 0;
  for (const row of rows) {
    const riskOf = riskOfRow(row);
    const mae = examples.mae[row]!;
    const weight = examples.weight[row]!;
    for (const move of MOVES) loss += weight * logLossOf(riskOf(move), mae >= move);
    total += weight * POINTS;
  }
  return loss / total;
}
