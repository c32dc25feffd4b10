import { monthBootstrap, type Interval, type MonthSum } from '../../domain/bootstrap.ts';
import {
  areaUnderCurve,
  brierScore,
  calibrationError,
  logLoss,
  logLossOf,
  monotonicityViolations,
  reliability,
  type ReliabilityBin,
} from '../../domain/metrics.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
import { addToMonth } from './policy.ts';
import type { JudgedTrade } from './judged-trades.ts';

/** How good a model's probabilities are over (trade, feasible rung). */
export interface Scores {
  readonly pairs: number;
  readonly logLoss: number;
  readonly brier: number;
  /** NaN where nothing, or everything, was liquidated. */
  readonly auc: number;
  readonly ece: number;
  /** What was said and what came, by 15 bins of P; empty bins left out. */
  readonly reliability: readonly ReliabilityBin[];
  /** Steps up a ladder, infeasible rungs included, at which P falls. */
  readonly violations: number;
}

/** `p`: whole ladders of the trades, one after the other. */
export function scoresOf(trades: readonly JudgedTrade[], p: Float64Array): Scores {
  const pairs = trades.reduce((sum, { feasible }) => sum + feasible, 0);
  const ofPairs = new Float64Array(pairs);
  const hits = new Uint8Array(pairs);
  let at = 0;
  trades.forEach(({ feasible, liquidated }, i) => {
    ofPairs.set(p.subarray(i * SIZE_COUNT, i * SIZE_COUNT + feasible), at);
    hits.set(liquidated.subarray(0, feasible), at);
    at += feasible;
  });
  return {
    pairs,
    logLoss: logLoss(ofPairs, hits),
    brier: brierScore(ofPairs, hits),
    auc: areaUnderCurve(ofPairs, hits),
    ece: calibrationError(ofPairs, hits),
    reliability: reliability(ofPairs, hits),
    violations: monotonicityViolations(p, SIZE_COUNT),
  };
}

/** Mean difference of two models' log losses on the same pairs; below 0, the first is better. */
export interface PairedDifference {
  readonly model: string;
  readonly against: string;
  readonly difference: number;
  /** From resampled calendar months. */
  readonly interval: Interval | null;
}

export interface NamedLadders {
  readonly name: string;
  /** Whole ladders of P, one after the other. */
  readonly p: Float64Array;
}

export function pairedDifference(
  trades: readonly JudgedTrade[],
  model: NamedLadders,
  against: NamedLadders,
  seed: number,
): PairedDifference {
  const months = new Map<number, MonthSum>();
  let difference = 0;
  let pairs = 0;
  trades.forEach((trade, i) => {
    let ofTrade = 0;
    for (let rung = 0; rung < trade.feasible; rung++) {
      const hit = trade.liquidated[rung]!;
      const at = i * SIZE_COUNT + rung;
      ofTrade += logLossOf(model.p[at]!, hit) - logLossOf(against.p[at]!, hit);
    }
    difference += ofTrade;
    pairs += trade.feasible;
    addToMonth(months, trade, ofTrade, trade.feasible);
  });
  return {
    model: model.name,
    against: against.name,
    difference: difference / pairs,
    interval: monthBootstrap([...months.values()], seed),
  };
}
