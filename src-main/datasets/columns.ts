import { createHash } from 'node:crypto';
import { CodedError } from '../contract/errors.ts';
import { bytesOf } from '../synth/fingerprint.ts';

/** Classes of a trade by its best size in hindsight; the column keeps their index. */
export const SIZE_CLASSES = ['small', 'mid', 'big'] as const;
export type SizeClass = (typeof SIZE_CLASSES)[number];

/** Widest first, so that every column of the joined bytes is aligned. */
const LAYOUT = {
  /** Effective leverage at 4.50 oz. */
  leverageMax: Float64Array,
  /** Worst price against the position, as a share of the entry price. */
  mae: Float64Array,
  /** Move from entry to exit in the position's favour, as a share of the entry price. */
  final: Float64Array,
  /** Number of the path. */
  path: Uint32Array,
  /** Natural share of the class over its share in the dataset. */
  weight: Float32Array,
  /** Bars of the path. */
  entry: Uint16Array,
  exit: Uint16Array,
  /** 1 for a short. */
  short: Uint8Array,
  sizeClass: Uint8Array,
} as const;

/** Trades of a dataset, one typed array a column, in the order they were drawn. 38 bytes a trade. */
export type TradeColumns = {
  readonly [Name in keyof typeof LAYOUT]: InstanceType<(typeof LAYOUT)[Name]>;
};

const BYTES_A_TRADE = Object.values(LAYOUT).reduce(
  (sum, Column) => sum + Column.BYTES_PER_ELEMENT,
  0,
);

function columnsOn(buffer: ArrayBuffer, count: number): TradeColumns {
  let offset = 0;
  const columns = Object.entries(LAYOUT).map(([name, Column]) => {
    const column = new Column(buffer, offset, count);
    offset += column.byteLength;
    return [name, column];
  });
  return Object.fromEntries(columns) as TradeColumns;
}

/** Columns of `count` trades, all zero, to be filled by the caller. */
export const emptyColumns = (count: number): TradeColumns =>
  columnsOn(new ArrayBuffer(count * BYTES_A_TRADE), count);

/** The columns one after the other, little-endian. */
export function encodeColumns(columns: TradeColumns): Uint8Array {
  const bytes = new Uint8Array(columns.path.length * BYTES_A_TRADE);
  let offset = 0;
  for (const name of Object.keys(LAYOUT) as (keyof TradeColumns)[]) {
    bytes.set(bytesOf(columns[name]), offset);
    offset += columns[name].byteLength;
  }
  return bytes;
}

/** What `encodeColumns` wrote; throws `bad-argument` where the bytes are not those of the checksum. */
export function decodeColumns(bytes: Uint8Array, checksum: string): TradeColumns {
  if (bytes.length % BYTES_A_TRADE !== 0 || checksumOf(bytes) !== checksum) {
    throw new CodedError('bad-argument', {
      problem: 'The trades of the dataset are damaged: their checksum does not match',
    });
  }
  return columnsOn(new Uint8Array(bytes).buffer, bytes.length / BYTES_A_TRADE);
}

/** SHA-256, in hex, of encoded columns. */
export const checksumOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');
