import { MonthSums } from '../../domain/stats/bootstrap.ts';
import {
  areaUnderCurve,
  brierScore,
  calibrationError,
  logLoss,
  logLossOf,
  monotonicityViolations,
  reliability,
  reliabilityBin,
  RELIABILITY_BINS,
} from '../../domain/stats/metrics.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
import { orNull } from './policy.ts';
import type { JudgedModel } from '../../contract/evaluation.ts';
import type { Docket } from './docket.ts';
import type { JudgedTrade } from './judged-trades.ts';

/**
 * How good probabilities are over (trade, feasible rung) of some trades. `p`: whole ladders of all
 * trades; falls up a ladder count on infeasible rungs too.
 */
export function scoresOf(
  docket: Docket,
  rows: Int32Array,
  p: Float64Array,
): Pick<JudgedModel, 'scores' | 'reliability'> {
  const { trades, month, months, bootstrap } = docket;
  const pairs = rows.reduce((sum, row) => sum + trades[row]!.feasible, 0);
  const ofPairs = new Float64Array(pairs);
  const hits = new Uint8Array(pairs);
  const byBin = Array.from({ length: RELIABILITY_BINS }, () => new MonthSums(months));
  let at = 0;
  let violations = 0;
  for (const row of rows) {
    const { feasible, liquidated } = trades[row]!;
    const ladder = p.subarray(row * SIZE_COUNT, (row + 1) * SIZE_COUNT);
    violations += monotonicityViolations(ladder, SIZE_COUNT);
    for (let rung = 0; rung < feasible; rung++, at++) {
      ofPairs[at] = ladder[rung]!;
      hits[at] = liquidated[rung]!;
      byBin[reliabilityBin(ladder[rung]!)]!.add(month[row]!, liquidated[rung]!);
    }
  }
  const intervals = byBin
    .filter(({ count }) => count.some((cases) => cases > 0))
    .map((sums) => bootstrap.interval(sums));
  return {
    scores: {
      pairs,
      logLoss: logLoss(ofPairs, hits),
      brier: brierScore(ofPairs, hits),
      auc: orNull(areaUnderCurve(ofPairs, hits)),
      ece: calibrationError(ofPairs, hits),
      violations,
    },
    reliability: reliability(ofPairs, hits).map((bin, i) => ({ ...bin, interval: intervals[i]! })),
  };
}

/** Log loss of each trade, summed over its feasible rungs. */
export function logLosses(trades: readonly JudgedTrade[], p: Float64Array): Float64Array {
  return Float64Array.from(trades, ({ feasible, liquidated }, row) => {
    let loss = 0;
    for (let rung = 0; rung < feasible; rung++) {
      loss += logLossOf(p[row * SIZE_COUNT + rung]!, liquidated[rung]!);
    }
    return loss;
  });
}
