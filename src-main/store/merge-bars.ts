import { BAR_COLUMNS, emptyBars, sliceBars, type Bars } from '../domain/bars/bars.ts';
import { isoTime } from '../domain/time/time.ts';
import { CodedError } from '../contract/errors.ts';

export interface MergedBars {
  readonly bars: Bars;
  /** Bars of `found` that were not stored yet, a finished one in place of an unfinished included. */
  readonly added: number;
  /** Index of the first of them among the merged bars; the number of bars if there is none. */
  readonly firstAdded: number;
}

/**
 * One series out of two, both sorted. A terminal exports the bar that is still forming, so the newest
 * stored bar gives way to the same bar grown. Throws `bars-differ` where they hold any other bar
 * differently.
 */
export function mergeBars(stored: Bars, found: Bars): MergedBars {
  const merged = emptyBars(stored.time.length + found.time.length, stored.stepSeconds);
  let s = 0;
  let f = 0;
  let count = 0;
  let firstAdded = -1;
  let added = 0;
  const take = (from: Bars, i: number) => {
    for (const column of BAR_COLUMNS) merged[column][count] = from[column][i]!;
    count += 1;
  };
  while (s < stored.time.length || f < found.time.length) {
    const storedTime = stored.time[s] ?? Infinity;
    const foundTime = found.time[f] ?? Infinity;
    const isBoth = storedTime === foundTime;
    if (storedTime < foundTime || (isBoth && isSame(stored, s, found, f))) {
      take(stored, s++);
      if (isBoth) f++;
      continue;
    }
    if (isBoth) {
      const isNewest = s === stored.time.length - 1;
      if (!isNewest || !isGrown(stored, s, found, f)) throw differing(stored, s, found, f);
      s++;
    }
    if (firstAdded < 0) firstAdded = count;
    added++;
    take(found, f++);
  }
  return {
    bars: sliceBars(merged, 0, count),
    added,
    firstAdded: firstAdded < 0 ? count : firstAdded,
  };
}

const isSame = (stored: Bars, s: number, found: Bars, f: number) =>
  BAR_COLUMNS.every((column) => stored[column][s] === found[column][f]);

/** Whether the found bar is what the stored one, still forming, can have become. */
const isGrown = (stored: Bars, s: number, found: Bars, f: number) =>
  stored.open[s] === found.open[f] &&
  found.high[f]! >= stored.high[s]! &&
  found.low[f]! <= stored.low[s]! &&
  found.volume[f]! >= stored.volume[s]!;

const differing = (stored: Bars, s: number, found: Bars, f: number) =>
  new CodedError('bars-differ', {
    time: isoTime(stored.time[s]!),
    stored: values(stored, s),
    found: values(found, f),
  });

const values = ({ open, high, low, close, volume }: Bars, i: number) =>
  `O ${open[i]} H ${high[i]} L ${low[i]} C ${close[i]} V ${volume[i]}`;
