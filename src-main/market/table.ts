import { emptyBars, sliceBars, type Bars } from '../domain/bars.ts';
import { dateSeconds, decimal, timeSeconds } from './cells.ts';
import type { TableLayout } from './format.ts';
import type { Problems } from './problems.ts';
import { quote } from './text-bytes.ts';
import { clockTime } from '../domain/clock.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;

/** Lines between two reports of progress. */
const PROGRESS_LINES = 32_768;

export interface TableBars {
  /** Bars without a fault of their own; times as the file writes them, read as if they were UTC. */
  readonly bars: Bars;
  /** 1-based line of each bar. */
  readonly lineOf: Uint32Array;
  /** Lines of the file that hold anything, the header included. */
  readonly lines: number;
}

const PRICES = ['open', 'high', 'low', 'close'] as const;

/**
 * Read the lines after the header, in one pass over the bytes. A line with a fault adds a problem
 * and no bar. `stepSeconds` of the bars is 0: the step is read from them later.
 */
export function readTable(
  bytes: Uint8Array,
  layout: TableLayout,
  problems: Problems,
  onProgress: (done: number, total: number) => void,
): TableBars {
  const { width, columns } = layout;
  const separator = layout.separator.charCodeAt(0);
  const rows = countLines(bytes);
  const bars = emptyBars(rows, 0);
  const lineOf = new Uint32Array(rows);
  const starts = new Int32Array(width);
  const ends = new Int32Array(width);
  const prices = new Float64Array(4);
  const priceCells = PRICES.map((name) => columns[name]);
  let count = 0;
  let lines = 1;
  let line = 1;
  let before = -Infinity;

  let position = lineEnd(bytes, 0) + 1;
  while (position < bytes.length) {
    line += 1;
    if (line % PROGRESS_LINES === 0) onProgress(position, bytes.length);
    const cells = splitLine(position);
    if (cells === 0) continue;
    lines += 1;
    if (cells !== width) {
      const code = cells < width ? 'cut-line' : 'extra-columns';
      problems.add(code, line, { found: cells, wanted: width });
      continue;
    }
    const time = readTime();
    if (Number.isNaN(time)) {
      const last = columns.time ?? columns.date;
      const cell = quote(bytes, starts[Math.min(columns.date, last)]!, ends[last]!);
      problems.add('bad-time', line, { cell });
      continue;
    }
    if (time <= before) {
      if (time === before) problems.add('duplicate-bar', line, { time: clockTime(time) });
      else {
        problems.add('time-back', line, { before: clockTime(before), time: clockTime(time) });
        before = time;
      }
      continue;
    }
    before = time;
    if (!readPrices()) continue;
    const volume = columns.volume === null ? 0 : amount(columns.volume);
    if (!(volume >= 0)) {
      badAmount('volume', columns.volume!);
      continue;
    }
    bars.time[count] = time;
    bars.open[count] = prices[0]!;
    bars.high[count] = prices[1]!;
    bars.low[count] = prices[2]!;
    bars.close[count] = prices[3]!;
    bars.volume[count] = volume;
    lineOf[count] = line;
    count += 1;
  }
  return { bars: sliceBars(bars, 0, count), lineOf: lineOf.subarray(0, count), lines };

  /** Find the cells of the line at `from` and step to the next; the number of cells, 0 if blank. */
  function splitLine(from: number): number {
    let cell = 0;
    let start = from;
    let i = from;
    for (; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte !== separator && byte !== NEWLINE) continue;
      closeCell(cell, start, i);
      cell += 1;
      start = i + 1;
      if (byte === NEWLINE) break;
    }
    if (i === bytes.length) {
      closeCell(cell, start, i);
      cell += 1;
    }
    position = i + 1;
    return cell === 1 && starts[0] === ends[0] ? 0 : cell;
  }

  /** Keep the cell [start, end) without the blanks and quotes around it. */
  function closeCell(cell: number, start: number, end: number): void {
    if (cell >= width) return;
    while (end > start && (bytes[end - 1] === RETURN || bytes[end - 1] === SPACE)) end -= 1;
    while (start < end && bytes[start] === SPACE) start += 1;
    if (end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE) {
      start += 1;
      end -= 1;
    }
    starts[cell] = start;
    ends[cell] = end;
  }

  function readTime(): number {
    const dateStart = starts[columns.date]!;
    const dateEnd = ends[columns.date]!;
    if (columns.time !== null) {
      const day = dateSeconds(bytes, dateStart, dateEnd);
      return day + timeSeconds(bytes, starts[columns.time]!, ends[columns.time]!);
    }
    const day = dateSeconds(bytes, dateStart, Math.min(dateEnd, dateStart + 10));
    if (dateEnd - dateStart === 10) return day;
    return bytes[dateStart + 10] === SPACE
      ? day + timeSeconds(bytes, dateStart + 11, dateEnd)
      : NaN;
  }

  function readPrices(): boolean {
    for (let i = 0; i < 4; i++) {
      const price = amount(priceCells[i]!);
      if (Number.isNaN(price)) {
        badAmount(PRICES[i]!, priceCells[i]!);
        return false;
      }
      if (price <= 0) {
        problems.add('price-not-positive', line, { column: PRICES[i]!, price });
        return false;
      }
      prices[i] = price;
    }
    const high = prices[1]!;
    const low = prices[2]!;
    if (high < low) {
      problems.add('high-below-low', line, { high, low });
      return false;
    }
    for (const i of [0, 3]) {
      const price = prices[i]!;
      if (price <= high && price >= low) continue;
      problems.add('outside-range', line, { column: PRICES[i]!, price, high, low });
      return false;
    }
    return true;
  }

  function amount(cell: number): number {
    return decimal(bytes, starts[cell]!, ends[cell]!);
  }

  function badAmount(column: string, cell: number): void {
    const from = starts[cell]!;
    const to = ends[cell]!;
    const comma = bytes.subarray(from, to).includes(COMMA);
    const code = comma ? 'decimal-comma' : 'bad-number';
    problems.add(code, line, { column, cell: quote(bytes, from, to) });
  }
}

/** Index of the line feed that ends the line at `from`, or the end of the file. */
export function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end;
}

function countLines(bytes: Uint8Array): number {
  let lines = 1;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === NEWLINE) lines += 1;
  return lines;
}
