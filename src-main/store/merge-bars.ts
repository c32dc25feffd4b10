import { BAR_COLUMNS, emptyBars, sliceBars, type Bars } from '../domain/bars.ts';
import { isoTime } from '../domain/time.ts';
import { CodedError } from '../contract/errors.ts';

export interface MergedBars {
  readonly bars: Bars;
  /** Bars of `found` that were not stored yet. */
  readonly added: number;
  /** Index of the first of them among the merged bars; the number of bars if there is none. */
  readonly firstAdded: number;
}

/** One series out of two, both sorted. Throws `bars-differ` where they hold one bar differently. */
export function mergeBars(stored: Bars, found: Bars): MergedBars {
  const merged = emptyBars(stored.time.length + found.time.length, stored.stepSeconds);
  let s = 0;
  let f = 0;
  let count = 0;
  let firstAdded = -1;
  const take = (from: Bars, i: number) => {
    for (const column of BAR_COLUMNS) merged[column][count] = from[column][i]!;
    count += 1;
  };
  while (s < stored.time.length || f < found.time.length) {
    const storedTime = stored.time[s] ?? Infinity;
    const foundTime = found.time[f] ?? Infinity;
    if (storedTime === foundTime) refuseDifferent(stored, s, found, f++);
    if (storedTime <= foundTime) {
      take(stored, s++);
      continue;
    }
    if (firstAdded < 0) firstAdded = count;
    take(found, f++);
  }
  return {
    bars: sliceBars(merged, 0, count),
    added: count - stored.time.length,
    firstAdded: firstAdded < 0 ? count : firstAdded,
  };
}

function refuseDifferent(stored: Bars, s: number, found: Bars, f: number): void {
  if (BAR_COLUMNS.every((column) => stored[column][s] === found[column][f])) return;
  throw new CodedError('bars-differ', {
    time: isoTime(stored.time[s]!),
    stored: values(stored, s),
    found: values(found, f),
  });
}

const values = ({ open, high, low, close, volume }: Bars, i: number) =>
  `O ${open[i]} H ${high[i]} L ${low[i]} C ${close[i]} V ${volume[i]}`;
