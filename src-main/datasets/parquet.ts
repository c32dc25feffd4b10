import { createHash } from 'node:crypto';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { z } from 'zod';
import { CodedError } from '../contract/errors.ts';
import { datasetInfo } from '../contract/datasets.ts';
import type { DatasetInfo } from '../contract/datasets.ts';
import { BLOCK_TRADES, blockOf, tallied, type Block } from './assemble.ts';
import { datasetOrigin, type DatasetOrigin } from './origin.ts';
import {
  TABLE_COLUMNS,
  tableOf,
  tradesOf,
  type Cell,
  type TableColumn,
  type TablePiece,
} from './table.ts';

/** Keys of the file's metadata under which it says what it is, and the SHA-256 of that text. */
const METADATA_KEY = 'size_picker_dataset';
const METADATA_HASH_KEY = 'size_picker_dataset_sha256';
const metadata = z.object({ version: z.literal(1), info: datasetInfo, origin: datasetOrigin });

/** Rows of a group with windows: 640 numbers each. */
const ROWS_WITH_WINDOWS = 1_024;
const WINDOW_COLUMN = [
  { name: 'candle_features', repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
] as const;

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

const schemaOf = ({ name, type, optional }: TableColumn) => ({
  name,
  repetition_type: optional ? ('OPTIONAL' as const) : ('REQUIRED' as const),
  ...(type === 'STRING'
    ? { type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const }
    : { type }),
});

/**
 * Writes a dataset as a Parquet file, piece by piece in row groups, so that memory does not grow with
 * it. Throws what the file system throws.
 */
export function writeParquet(
  file: string,
  { info, origin }: { info: DatasetInfo; origin: DatasetOrigin },
  windows: boolean,
  pieces: Iterable<TablePiece>,
): void {
  const columns = [...TABLE_COLUMNS.map(schemaOf), ...(windows ? WINDOW_COLUMN : [])];
  const fields = TABLE_COLUMNS.length + (windows ? 1 : 0);
  const told = JSON.stringify({ version: 1, info, origin });
  const writer = new ParquetWriter({
    writer: fileWriter(file),
    schema: [{ name: 'trades', num_children: fields }, ...columns],
    kvMetadata: [
      { key: METADATA_KEY, value: told },
      { key: METADATA_HASH_KEY, value: hashOf(told) },
    ],
    createdBy: 'Size Picker',
  });
  for (const piece of pieces) {
    void writer.write({
      columnData: [
        ...TABLE_COLUMNS.map(({ name }) => ({ name, data: piece.cells[name]! })),
        ...(piece.windows ? [{ name: 'candle_features', data: piece.windows }] : []),
      ],
      rowGroupSize: piece.windows ? ROWS_WITH_WINDOWS : BLOCK_TRADES,
    });
  }
  void writer.finish();
}

/** A dataset out of a file, proven to be what it says. */
export interface ReadDataset {
  readonly info: DatasetInfo;
  readonly origin: DatasetOrigin;
  readonly blocks: readonly Block[];
}

/**
 * Reads a Parquet file that `writeParquet` wrote. Every cell is held against what the others imply
 * and the trades against their checksum. `fileName` is told in `bad-dataset-file`.
 */
export async function readParquet(
  path: string,
  fileName: string,
  onProgress: (done: number, total: number) => void,
): Promise<ReadDataset> {
  const refuse = (problem: string) =>
    new CodedError('bad-dataset-file', { file: fileName, problem });
  const opened = await open(path).catch((error: unknown) => {
    throw refuse(`it is no Parquet file (${(error as Error).message})`);
  });
  const { file, found } = opened;
  const valueOf = (wanted: string) =>
    found.key_value_metadata?.find(({ key }) => key === wanted)?.value ?? '';
  const text = valueOf(METADATA_KEY);
  const told = metadata.safeParse(jsonOf(text));
  if (!told.success) throw refuse('Size Picker did not write it, or another version of it did');
  if (hashOf(text) !== valueOf(METADATA_HASH_KEY)) {
    throw refuse('what it says of its origin was changed');
  }
  const { info, origin } = told.data;
  const rows = Number(found.num_rows);
  if (rows !== info.trades) throw refuse(`it has ${rows} of ${info.trades} trades`);
  const blocks: Block[] = [];
  for (let from = 0; from < rows; from += BLOCK_TRADES) {
    const to = Math.min(rows, from + BLOCK_TRADES);
    const read = await cellsOf(file, found, from, to).catch((error: unknown) => {
      throw refuse(`its rows from ${from} on cannot be read (${(error as Error).message})`);
    });
    const trades = tradesOf(read);
    const derived = tableOf(trades, from, info.weights);
    for (const { name } of TABLE_COLUMNS) {
      const at = derived[name]!.findIndex((cell, i) => cell !== read[name]![i]);
      if (at >= 0) throw refuse(`row ${from + at} has a changed ${name}`);
    }
    blocks.push(blockOf(trades));
    onProgress(to, rows);
  }
  const { blocks: passing, tally } = tallied(blocks);
  for (const _ of passing);
  const { checksum, mix } = tally();
  if (checksum !== info.checksum) throw refuse('its trades do not match their checksum');
  if (JSON.stringify(mix) !== JSON.stringify(info.mix)) throw refuse('its classes are miscounted');
  return { info, origin, blocks };
}

async function open(path: string) {
  const file = await asyncBufferFromFile(path);
  return { file, found: await parquetMetadataAsync(file) };
}
type Opened = Awaited<ReturnType<typeof open>>;

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

async function cellsOf(
  file: Opened['file'],
  found: Opened['found'],
  rowStart: number,
  rowEnd: number,
): Promise<Record<string, Cell[]>> {
  const columns = TABLE_COLUMNS.map(({ name }) => name);
  const rows = await parquetReadObjects({ file, metadata: found, columns, rowStart, rowEnd });
  return Object.fromEntries(
    columns.map((name) => [name, rows.map((row) => (row[name] ?? null) as Cell)]),
  );
}
