import type { Clock } from '../contract/series.ts';

/** Cells of a line by what they hold; null where the file has no such column. */
export interface Columns {
  /** The date, or date and time in one cell. */
  readonly date: number;
  readonly time: number | null;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
}

/** A clock and how the file states it, in a sentence. */
export interface StatedClock {
  readonly clock: Clock;
  readonly evidence: string;
}

/** How the lines of a file are laid out. */
export interface TableLayout {
  readonly separator: string;
  /** Cells in a line. */
  readonly width: number;
  readonly columns: Columns;
  /** Whether the first line names the columns; else it is a bar. */
  readonly hasHeader: boolean;
  /** The clock that the format itself states. */
  readonly clock?: StatedClock;
  /** How the format writes that nothing was traded: no range and no volume, or prices of `null`. */
  readonly idle?: 'flat' | 'null';
  /** Whether a volume that is empty or NaN is none, rather than a fault. */
  readonly mayLackVolume?: boolean;
}

export type FoundLayout = TableLayout | { readonly missing: string };

/** One kind of candle file. */
export interface CandleFormat {
  readonly name: string;
  /** The layout by the file's first two lines, the column that it lacks, or null for another format. */
  layout(first: string, second: string): FoundLayout | null;
}

/** Names that a format gives its columns, in the spelling of `headerCells`. */
export type ColumnNames = Readonly<Record<keyof Columns, readonly string[]>>;

const REQUIRED = ['date', 'open', 'high', 'low', 'close'] as const;

/** What most formats call their prices. */
export const PRICE_NAMES = {
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close'],
} as const;

/** Cells of a line without the quotes and blanks around them, empty ones at its end left out. */
export function plainCells(line: string, separator: string): string[] {
  const cells = line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  while (cells.at(-1) === '') cells.pop();
  return cells;
}

/** Column names in lower case, without quotes, blanks and underscores. */
export const headerCells = (firstLine: string, separator: string) =>
  plainCells(firstLine, separator).map((cell) => cell.toLowerCase().replace(/["'\s_]/g, ''));

/** What parts the cells of a line: the tab, semicolon or comma that makes most of them. */
export function separatorOf(line: string): string {
  const cells = (separator: string) => line.split(separator).length;
  return ['\t', ';', ','].reduce((best, next) => (cells(next) > cells(best) ? next : best));
}

/** The layout of a table by the names in its header; where a name is there twice, the first counts. */
export function layoutByNames(
  header: readonly string[],
  separator: string,
  names: ColumnNames,
): FoundLayout {
  const find = (column: keyof Columns) => {
    const index = header.findIndex((cell) => names[column].includes(cell));
    return index < 0 ? null : index;
  };
  const missing = REQUIRED.find((column) => find(column) === null);
  if (missing) return { missing: missing === 'date' ? 'time' : missing };
  return {
    separator,
    width: header.length,
    hasHeader: true,
    columns: {
      date: find('date')!,
      time: find('time'),
      open: find('open')!,
      high: find('high')!,
      low: find('low')!,
      close: find('close')!,
      volume: find('volume'),
    },
  };
}

/** The layout of lines that begin with the date, then the time if it has a cell, then prices and volume. */
export function layoutByPlace(separator: string, cells: number, hasTimeCell: boolean): TableLayout {
  const open = hasTimeCell ? 2 : 1;
  return {
    separator,
    width: cells,
    hasHeader: false,
    columns: {
      date: 0,
      time: hasTimeCell ? 1 : null,
      open,
      high: open + 1,
      low: open + 2,
      close: open + 3,
      volume: cells > open + 4 ? open + 4 : null,
    },
  };
}

/** What a format adds to a layout that was found. */
export const withTraits = (
  layout: FoundLayout,
  traits: Partial<Pick<TableLayout, 'clock' | 'idle' | 'mayLackVolume'>>,
): FoundLayout => ('missing' in layout ? layout : { ...layout, ...traits });
