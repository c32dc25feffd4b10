/*
 * How good probabilities of liquidation are. `p` holds one probability for each judged (trade, rung),
 * `hit` a 1 where it was liquidated. Empty input gives NaN.
 */

/** Probabilities are judged as at least this and at most 1 less this: one miss costs at most 13.8. */
export const CLIP = 1e-6;

/** What one probability costs: -log of the probability given to what happened. */
export function logLossOf(p: number, hit: boolean | number): number {
  return -Math.log(Math.max(CLIP, hit ? p : 1 - p));
}

const meanOver = (p: Float64Array, term: (i: number) => number) => {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += term(i);
  return sum / p.length;
};

/** Mean log loss. */
export function logLoss(p: Float64Array, hit: Uint8Array): number {
  return meanOver(p, (i) => logLossOf(p[i]!, hit[i]!));
}

/** Mean squared difference. */
export function brierScore(p: Float64Array, hit: Uint8Array): number {
  return meanOver(p, (i) => (p[i]! - hit[i]!) ** 2);
}

/**
 * Area under the ROC curve: how often a liquidated one has the higher probability than one that was
 * not, ties counting half. NaN where only one of the two occurs.
 */
export function areaUnderCurve(p: Float64Array, hit: Uint8Array): number {
  const liquidated = hit.reduce((sum, one) => sum + one, 0);
  const hits = new Float64Array(liquidated);
  const misses = new Float64Array(p.length - liquidated);
  for (let i = 0, toHits = 0, toMisses = 0; i < p.length; i++) {
    if (hit[i]) hits[toHits++] = p[i]!;
    else misses[toMisses++] = p[i]!;
  }
  hits.sort();
  misses.sort();
  let below = 0;
  let notAbove = 0;
  let pairs = 0;
  for (const probability of hits) {
    while (below < misses.length && misses[below]! < probability) below++;
    while (notAbove < misses.length && misses[notAbove]! <= probability) notAbove++;
    pairs += (below + notAbove) / 2;
  }
  return pairs / (hits.length * misses.length);
}

/** A group of like probabilities: what was said and what came. */
export interface ReliabilityBin {
  readonly count: number;
  readonly meanProbability: number;
  readonly frequency: number;
}

export const RELIABILITY_BINS = 15;

/** Number of the bin of a probability, from 0. */
export const reliabilityBin = (p: number) =>
  Math.min(RELIABILITY_BINS - 1, Math.floor(p * RELIABILITY_BINS));

/** The non-empty ones of 15 equally wide bins of probability. */
export function reliability(p: Float64Array, hit: Uint8Array): ReliabilityBin[] {
  const count = new Float64Array(RELIABILITY_BINS);
  const said = new Float64Array(RELIABILITY_BINS);
  const came = new Float64Array(RELIABILITY_BINS);
  for (let i = 0; i < p.length; i++) {
    const bin = reliabilityBin(p[i]!);
    count[bin]!++;
    said[bin]! += p[i]!;
    came[bin]! += hit[i]!;
  }
  return [...count].flatMap((n, bin) =>
    n ? [{ count: n, meanProbability: said[bin]! / n, frequency: came[bin]! / n }] : [],
  );
}

/** Expected calibration error: mean distance of probability and frequency over those bins. */
export function calibrationError(p: Float64Array, hit: Uint8Array): number {
  let distance = 0;
  for (const { count, meanProbability, frequency } of reliability(p, hit)) {
    distance += count * Math.abs(meanProbability - frequency);
  }
  return distance / p.length;
}

/** Number of steps up the ladder at which P falls; `p` holds whole ladders of `rungs`. */
export function monotonicityViolations(p: Float64Array, rungs: number): number {
  let violations = 0;
  for (let i = 1; i < p.length; i++) if (i % rungs !== 0 && p[i]! < p[i - 1]!) violations++;
  return violations;
}

/** A column of numbers. */
type Numbers = readonly number[] | Float64Array;

export function mean(values: Numbers): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

export function median(values: Numbers): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

/** A lost account counts as one that kept a thousandth: the logarithm of nothing has no mean. */
const RUIN = 1e-3;

/** Mean of log(1 + return). */
export function expectedLogGrowth(returns: Numbers): number {
  return mean(Float64Array.from(returns, (value) => Math.log(Math.max(RUIN, 1 + value))));
}
