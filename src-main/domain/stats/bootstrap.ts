import { randomStream } from './random.ts';
import type { UtcSeconds } from '../units.ts';

/** Bounds that hold 95% of the resampled means. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Fewer say nothing of the months that are not there: their resamples repeat one another. */
export const FEWEST_MONTHS = 6;
const RESAMPLES = 2000;

/** Number of a UTC calendar month. */
export function monthOf(time: UtcSeconds): number {
  const date = new Date(time * 1000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Something summed over cases, apart for each of so many calendar months. */
export class MonthSums {
  readonly sum: Float64Array;
  readonly count: Float64Array;

  constructor(months: number) {
    this.sum = new Float64Array(months);
    this.count = new Float64Array(months);
  }

  /** `month`: from 0. */
  add(month: number, sum: number, count = 1): void {
    this.sum[month]! += sum;
    this.count[month]! += count;
  }

  /** Mean over all cases; NaN where there are none. */
  get mean(): number {
    const total = (column: Float64Array) => column.reduce((a, b) => a + b, 0);
    return total(this.sum) / total(this.count);
  }
}

/**
 * Intervals of means over cases, from resampling whole calendar months: trades overlap, so single
 * cases are far from independent. All null where fewer than `FEWEST_MONTHS` hold a case.
 */
export class MonthBootstrap {
  readonly #seed: number;
  /** Months drawn for the resamples one after the other, by how many there are to draw from. */
  readonly #draws = new Map<number, Uint16Array>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Of a mean. */
  interval(of: MonthSums): Interval | null {
    const months = filledMonths([of]);
    return months.length < FEWEST_MONTHS ? null : middleOf(this.#means(of, months));
  }

  /** Of the difference of two means, months drawn for both at once: `of` less `less`. */
  difference(of: MonthSums, less: MonthSums): Interval | null {
    const months = filledMonths([of, less]);
    if (months.length < FEWEST_MONTHS) return null;
    const others = this.#means(less, months);
    return middleOf(this.#means(of, months).map((mean, resample) => mean - others[resample]!));
  }

  #means({ sum, count }: MonthSums, months: readonly number[]): Float64Array {
    const draws = this.#drawsFrom(months.length);
    const sums = Float64Array.from(months, (month) => sum[month]!);
    const counts = Float64Array.from(months, (month) => count[month]!);
    const means = new Float64Array(RESAMPLES);
    let draw = 0;
    for (let resample = 0; resample < RESAMPLES; resample++) {
      let total = 0;
      let cases = 0;
      for (const end = draw + months.length; draw < end; draw++) {
        total += sums[draws[draw]!]!;
        cases += counts[draws[draw]!]!;
      }
      means[resample] = total / cases;
    }
    return means;
  }

  #drawsFrom(months: number): Uint16Array {
    let draws = this.#draws.get(months);
    if (!draws) {
      const random = randomStream(this.#seed);
      draws = Uint16Array.from({ length: RESAMPLES * months }, () => random.integerBelow(months));
      this.#draws.set(months, draws);
    }
    return draws;
  }
}

/** Months in which one of them has a case. */
function filledMonths(all: readonly MonthSums[]): number[] {
  const months = Array.from(all[0]!.sum, (_, month) => month);
  return months.filter((month) => all.some(({ count }) => count[month]! > 0));
}

/** What lies between the outer 2.5% on either side. */
function middleOf(means: Float64Array): Interval | null {
  // A resample may miss every month that holds a case of one of two.
  const known = means.every(Number.isFinite) ? means : means.filter(Number.isFinite);
  if (known.length === 0) return null;
  known.sort();
  const at = (share: number) => known[Math.round(share * (known.length - 1))]!;
  return { low: at(0.025), high: at(0.975) };
}
