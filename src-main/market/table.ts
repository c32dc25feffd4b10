import { BAR_COLUMNS, emptyBars, sliceBars, type Bars } from '../domain/bars/bars.ts';
import { clockTime } from '../domain/time/clock.ts';
import { timeSeconds } from './cells.ts';
import type { TableLayout } from './format.ts';
import { countLines, lastLineStart, LineCells, lineEnd } from './line-cells.ts';
import type { Problems } from './problems.ts';
import { RowPrices } from './row-prices.ts';
import { quote } from './text-bytes.ts';
import type { TimeForm } from './times.ts';

/** Lines between two reports of progress. */
const PROGRESS_LINES = 32_768;

/** Text whose lines are bars of one layout. */
export interface Table {
  readonly bytes: Uint8Array;
  /** The format's name. */
  readonly format: string;
  readonly layout: TableLayout;
  readonly times: TimeForm;
  /** Whether the lines are the file's own, rather than laid out from what it holds. */
  readonly isOwnText: boolean;
  /** What was left out or worked out before there were lines, in a sentence each. */
  readonly notes: readonly string[];
}

export interface TableBars {
  /** Bars without a fault of their own, oldest first; times as the file writes them. */
  readonly bars: Bars;
  /** 1-based line of each bar. */
  readonly lineOf: Uint32Array;
  /** Lines of the file that hold anything, the header included. */
  readonly lines: number;
  /** Lines that say that nothing was traded. */
  readonly idle: number;
  readonly isNewestFirst: boolean;
}

/**
 * Read the lines after the header, in one pass over the bytes. A line with a fault adds a problem
 * and no bar. `stepSeconds` of the bars is 0: the step is read from them later.
 */
export function readTable(
  { bytes, layout, times }: Table,
  problems: Problems,
  onProgress: (done: number, total: number) => void,
): TableBars {
  const { width, columns, hasHeader } = layout;
  const rows = countLines(bytes);
  const bars = emptyBars(rows, 0);
  const lineOf = new Uint32Array(rows);
  const cells = new LineCells(bytes, layout.separator, width);
  const prices = new RowPrices(bytes, cells, layout, problems);
  const { starts, ends } = cells;
  const headerEnd = hasHeader ? lineEnd(bytes, 0) : 0;
  const begin = hasHeader ? headerEnd + 1 : 0;
  const isNewestFirst = runsBackwards();
  let count = 0;
  let idle = 0;
  let lines = hasHeader ? 1 : 0;
  let line = lines;
  let before = isNewestFirst ? Infinity : -Infinity;

  for (let position = begin; position < bytes.length; position = cells.next) {
    const start = position;
    line += 1;
    if (line % PROGRESS_LINES === 0) onProgress(position, bytes.length);
    const found = cells.split(position);
    if (found === 0) continue;
    lines += 1;
    if (found !== width) {
      const code = found < width ? 'cut-line' : 'extra-columns';
      problems.add(code, line, { found, wanted: width });
      continue;
    }
    const time = readTime();
    if (Number.isNaN(time)) {
      if (repeatsHeader(start)) continue;
      const last = columns.time ?? columns.date;
      const cell = quote(bytes, starts[Math.min(columns.date, last)]!, ends[last]!);
      problems.add('bad-time', line, { cell });
      continue;
    }
    if (isNewestFirst ? time >= before : time <= before) {
      if (time === before) problems.add('duplicate-bar', line, { time: clockTime(time) });
      else {
        const code = isNewestFirst ? 'time-forth' : 'time-back';
        problems.add(code, line, { before: clockTime(before), time: clockTime(time) });
        before = time;
      }
      continue;
    }
    before = time;
    if (layout.idle === 'null' && prices.areNull()) {
      idle += 1;
      continue;
    }
    if (!prices.read(line)) continue;
    if (layout.idle === 'flat' && prices.isIdle()) {
      idle += 1;
      continue;
    }
    bars.time[count] = time;
    bars.open[count] = prices.values[0]!;
    bars.high[count] = prices.values[1]!;
    bars.low[count] = prices.values[2]!;
    bars.close[count] = prices.values[3]!;
    bars.volume[count] = prices.volume;
    lineOf[count] = line;
    count += 1;
  }
  const read = sliceBars(bars, 0, count);
  const readLines = lineOf.subarray(0, count);
  if (isNewestFirst) {
    for (const column of BAR_COLUMNS) read[column].reverse();
    readLines.reverse();
  }
  return { bars: read, lineOf: readLines, lines, idle, isNewestFirst };

  function readTime(): number {
    const day = times.read(bytes, starts[columns.date]!, ends[columns.date]!);
    if (columns.time === null) return day;
    return day + timeSeconds(bytes, starts[columns.time]!, ends[columns.time]!);
  }

  function timeAt(position: number): number {
    return cells.split(position) === width ? readTime() : NaN;
  }

  /** Whether the newest bar comes first: the second and the last bar are older than the first. */
  function runsBackwards(): boolean {
    if (begin >= bytes.length) return false;
    const first = timeAt(begin);
    const second = timeAt(cells.next);
    return second < first && timeAt(lastLineStart(bytes)) < first;
  }

  /** Files of several months laid end to end have the header again. */
  function repeatsHeader(start: number): boolean {
    if (!hasHeader) return false;
    const text = (from: number, to: number) => quote(bytes, from, to);
    return text(start, lineEnd(bytes, start)) === text(0, headerEnd);
  }
}
