import { CURVE_BINS, CURVE_END, CURVE_START } from '../../domain/risk/risk-curve.ts';
import type { Examples } from '../train/examples.ts';

/**
 * At each of the curve's 25 edges: the weighted mean, over the given rows, of the return of a size
 * whose liquidation stands there, as a share of the money that liquidation would cost. History.
 */
export function meanReturnAtEdges(examples: Examples, rows: Int32Array): number[] {
  const { mae, final, reference, weight } = examples;
  return Array.from({ length: CURVE_BINS + 1 }, (_, edge) => {
    const y = CURVE_START + (edge * (CURVE_END - CURVE_START)) / CURVE_BINS;
    let sum = 0;
    let total = 0;
    for (const row of rows) {
      const move = Math.exp(y + reference[row]!);
      sum += weight[row]! * (mae[row]! >= move ? -1 : final[row]! / move);
      total += weight[row]!;
    }
    return sum / total;
  });
}
