import { TIMEFRAMES, type Timeframe } from '../contract/series.ts';

const HOUR = 3_600;
const STEPS = Object.entries(TIMEFRAMES).map(
  ([name, minutes]) => [name as Timeframe, minutes * 60] as const,
);

export const stepOf = (timeframe: Timeframe) => TIMEFRAMES[timeframe] * 60;

export const timeframeOf = (step: number) => STEPS.find(([, seconds]) => seconds === step)?.[0];

/** The most frequent distance in seconds of neighbours in [from, to]; NaN with fewer than two bars. */
export function modalStep(time: Float64Array, from = 0, to = time.length - 1): number {
  const counts = new Map<number, number>();
  for (let i = from + 1; i <= to;) {
    const step = time[i]! - time[i - 1]!;
    const start = i;
    do i += 1;
    while (i <= to && time[i]! - time[i - 1]! === step);
    counts.set(step, (counts.get(step) ?? 0) + i - start);
  }
  let modal = NaN;
  for (const [step, count] of counts) if (!(count <= (counts.get(modal) ?? 0))) modal = step;
  return modal;
}

/** Bars [from, to] (indices) that are of another timeframe than the rest of the file. */
export interface StepChange {
  readonly from: number;
  readonly to: number;
  readonly other: Timeframe;
}

export interface StepFaults {
  readonly changes: readonly StepChange[];
  /** Single bars (indices) that come sooner than a step after the one before. */
  readonly tooSoon: readonly number[];
}

/** So many odd distances in a row are no gaps: quiet hours break them off sooner. */
const SUSPICIOUS_RUN = 10;

/**
 * Bars that do not keep the file's step. At least ten odd distances in a row, most of them the step
 * of another timeframe, are bars of that timeframe; longer distances are gaps and no fault.
 */
export function stepFaults(time: Float64Array, step: number): StepFaults {
  // Long bars shift by an hour at daylight saving when the file is in UTC.
  const tolerance = step >= 4 * HOUR ? HOUR : 0;
  const distance = (i: number) => time[i]! - time[i - 1]!;
  const isOwn = (i: number) => Math.abs(distance(i) - step) <= tolerance;
  const changes: StepChange[] = [];
  const tooSoon: number[] = [];
  for (let i = 1; i < time.length; i++) {
    if (isOwn(i)) continue;
    const start = i;
    while (i + 1 < time.length && !isOwn(i + 1)) i += 1;
    const change = i - start + 1 < SUSPICIOUS_RUN ? null : changeWithin(time, step, start, i);
    if (change) changes.push(change);
    else for (let bar = start; bar <= i; bar++) if (distance(bar) < step) tooSoon.push(bar);
  }
  return { changes, tooSoon };
}

/** Judge a run of odd distances, those that end at the bars first..last. */
function changeWithin(
  time: Float64Array,
  step: number,
  first: number,
  last: number,
): StepChange | null {
  const distance = (i: number) => time[i]! - time[i - 1]!;
  const otherStep = modalStep(time, first - 1, last);
  const other = timeframeOf(otherStep);
  let matching = 0;
  for (let i = first; i <= last; i++) if (distance(i) === otherStep) matching += 1;
  if (!other || matching <= (last - first + 1) / 2) return null;
  // Beside the run lie bars that keep the step: they are not of it, unless the file ends there.
  let from = first === 1 ? 0 : first;
  let to = last === time.length - 1 ? last : last - 1;
  // Weekends between daily bars belong to them; a gap before or after the other bars does not.
  const belongs = (i: number) =>
    otherStep > step ? distance(i) % otherStep === 0 : distance(i) === otherStep;
  while (!belongs(from + 1)) from += 1;
  while (!belongs(to)) to -= 1;
  return { from, to, other };
}
