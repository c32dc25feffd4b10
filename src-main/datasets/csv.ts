import { closeSync, openSync, writeSync } from 'node:fs';
import { csvLine } from '../domain/csv.ts';
import { TABLE_COLUMNS, type TablePiece } from './table.ts';

/** Writes a dataset as a CSV file, piece by piece; an empty cell is empty. */
export function writeCsv(file: string, pieces: Iterable<TablePiece>): void {
  const names = TABLE_COLUMNS.map(({ name }) => name);
  const handle = openSync(file, 'w');
  try {
    writeSync(handle, `${csvLine(names)}\n`);
    for (const { cells } of pieces) {
      const lines = cells['row']!.map((_, i) =>
        csvLine(names.map((name) => cells[name]![i] ?? null)),
      );
      writeSync(handle, `${lines.join('\n')}\n`);
    }
  } finally {
    closeSync(handle);
  }
}
