import type { CsvCell } from '../../../domain/csv.ts';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { JOURNAL_COLUMNS, type ColumnKind } from './columns.ts';
import type { ToldTrade } from '../../../journal/review.ts';
import type { ReviewAccount } from '../../../contract/journal.ts';

const ROW_GROUP = 10_000;

const TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  number: { type: 'DOUBLE' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  flag: { type: 'BOOLEAN' },
} as const satisfies Record<ColumnKind, object>;

const stored = (cell: CsvCell, kind: ColumnKind) =>
  kind === 'time' && cell !== null ? new Date((cell as number) * 1000) : cell;

/** Throws what the file system throws. */
export function writeJournalParquet(
  file: string,
  trades: readonly ToldTrade[],
  account: ReviewAccount,
): void {
  const columns = JOURNAL_COLUMNS.map(({ name, kind }) => ({
    name,
    repetition_type: 'OPTIONAL' as const,
    ...TYPES[kind],
  }));
  const writer = new ParquetWriter({
    writer: fileWriter(file),
    schema: [{ name: 'trades', num_children: columns.length }, ...columns],
    createdBy: 'Size Picker',
  });
  void writer.write({
    columnData: JOURNAL_COLUMNS.map(({ name, kind, of }) => ({
      name,
      data: trades.map((trade) => stored(of(trade, account), kind)),
    })),
    rowGroupSize: ROW_GROUP,
  });
  void writer.finish();
}
