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

/** How the lines after the header are laid out. */
export interface TableLayout {
  readonly separator: string;
  /** Cells in a line. */
  readonly width: number;
  readonly columns: Columns;
}

/** One kind of candle file. */
export interface CandleFormat {
  readonly name: string;
  /** The layout by the file's first line, the column that it lacks, or null for another format. */
  layout(firstLine: string): TableLayout | { readonly missing: string } | null;
}

/** Names that a format gives its columns, in the spelling of `headerCells`. */
export type ColumnNames = Readonly<Record<keyof Columns, readonly string[]>>;

const REQUIRED = ['date', 'open', 'high', 'low', 'close'] as const;

/** Column names in lower case, without quotes, blanks and underscores. */
export const headerCells = (firstLine: string, separator: string) =>
  firstLine.split(separator).map((cell) => cell.toLowerCase().replace(/["'\s_]/g, ''));

/** The layout of a table by the names in its header; where a name is there twice, the first counts. */
export function layoutByNames(
  header: readonly string[],
  separator: string,
  names: ColumnNames,
): TableLayout | { readonly missing: string } {
  const find = (column: keyof Columns) => {
    const index = header.findIndex((cell) => names[column].includes(cell));
    return index < 0 ? null : index;
  };
  const missing = REQUIRED.find((column) => find(column) === null);
  if (missing) return { missing: missing === 'date' ? 'time' : missing };
  return {
    separator,
    width: header.length,
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
