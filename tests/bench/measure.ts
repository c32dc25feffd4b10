/** Runs of each figure; these machines are shared, so the median is told and the spread beside it. */
const RUNS = 7;

/** Seconds of each run, sorted; the first, cold run is not counted. */
export function timeRuns(run: () => void, runs = RUNS): number[] {
  run();
  const seconds = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return (performance.now() - start) / 1000;
  });
  return seconds.toSorted((a, b) => a - b);
}

export const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)]!;

export const spread = (sorted: readonly number[]) =>
  `${sorted[0]!.toFixed(3)} to ${sorted.at(-1)!.toFixed(3)} s in ${sorted.length} runs`;

export const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the product asks for, such as "≥ 1,000,000"; absent where it only stands beside. */
  readonly target?: string;
  readonly met?: boolean;
  readonly note?: string;
}

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

export function print({ name, value, unit, target, met, note }: Figure): void {
  const verdict = target ? `  (asked ${target}: ${met ? 'met' : 'MISSED'})` : '';
  console.log(
    `${name.padEnd(52)} ${number.format(value).padStart(12)} ${unit}${verdict}${note ? `  ${note}` : ''}`,
  );
}
