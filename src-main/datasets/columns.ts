import { CodedError } from '../contract/errors.ts';
import { ounces, SIZE_COUNT } from '../domain/size.ts';
import { bytesOf } from '../synth/fingerprint.ts';
import type { LadderOutcome } from '../domain/simulate/simulate.ts';
import type { SizeIndex } from '../domain/units.ts';

/** One number a trade. Widest first, so that every column of the joined bytes is aligned. */
const OF_A_TRADE = {
  /** Effective leverage at 4.50 oz. */
  leverageMax: Float64Array,
  entryPrice: Float64Array,
  /** Worst price against the position, as a share of the entry price. */
  mae: Float64Array,
  /** Move from entry to exit in the position's favour, as a share of the entry price. */
  final: Float64Array,
  /** Number of the path. */
  path: Uint32Array,
  /** Bars of the path. */
  entry: Uint16Array,
  exit: Uint16Array,
  /** 1 for a short. */
  short: Uint8Array,
  /** Index into SIZE_CLASSES, and the best size that it comes from. */
  sizeClass: Uint8Array,
  best: Uint8Array,
  /** Rungs that margin allows; the largest of them that survives. */
  feasible: Uint8Array,
  survivors: Uint8Array,
} as const;

/** One number a liquidated rung: trade by trade, smaller size first. */
const OF_A_LIQUIDATION = {
  /** Share of equity at entry. */
  liquidatedReturn: Float32Array,
  /** Bar of the path. */
  liquidatedAt: Uint16Array,
} as const;

const LAYOUT = { ...OF_A_TRADE, ...OF_A_LIQUIDATION };
type Name = keyof typeof LAYOUT;
const NAMES = (Object.keys(LAYOUT) as Name[]).sort(
  (a, b) => LAYOUT[b].BYTES_PER_ELEMENT - LAYOUT[a].BYTES_PER_ELEMENT,
);
/** Numbers of trades and of liquidations stand before the columns. */
const HEADER_BYTES = 8;

/**
 * Trades, one typed array a column, in the order they were drawn: 46 bytes a trade and 6 for each
 * rung that was liquidated. A survivor's return follows from its size and the final move.
 */
export type TradeColumns = { readonly [N in Name]: InstanceType<(typeof LAYOUT)[N]> };

const isOfATrade = (name: Name): name is keyof typeof OF_A_TRADE => name in OF_A_TRADE;

function columnsOn(buffer: ArrayBuffer, start: number, trades: number, liquidations: number) {
  let offset = start;
  const columns = NAMES.map((name) => {
    const column = new LAYOUT[name](buffer, offset, isOfATrade(name) ? trades : liquidations);
    offset += column.byteLength;
    return [name, column];
  });
  return { columns: Object.fromEntries(columns) as TradeColumns, end: offset };
}

const bytesFor = (trades: number, liquidations: number) =>
  NAMES.reduce(
    (sum, name) =>
      sum + LAYOUT[name].BYTES_PER_ELEMENT * (isOfATrade(name) ? trades : liquidations),
    HEADER_BYTES,
  );

/** Columns of so many trades and liquidations, all zero, to be filled by the caller. */
export const emptyColumns = (trades: number, liquidations: number): TradeColumns =>
  columnsOn(new ArrayBuffer(bytesFor(trades, liquidations)), HEADER_BYTES, trades, liquidations)
    .columns;

/** Both counts and the columns one after the other, little-endian. */
export function encodeColumns(columns: TradeColumns): Uint8Array<ArrayBuffer> {
  const trades = columns.path.length;
  const liquidations = columns.liquidatedAt.length;
  const bytes = new Uint8Array(bytesFor(trades, liquidations));
  bytes.set(bytesOf(Uint32Array.of(trades, liquidations)));
  let offset = HEADER_BYTES;
  for (const name of NAMES) {
    bytes.set(bytesOf(columns[name]), offset);
    offset += columns[name].byteLength;
  }
  return bytes;
}

/** What `encodeColumns` wrote; throws `internal` where the bytes are of another length. */
export function decodeColumns(bytes: Uint8Array): TradeColumns {
  const own = new Uint8Array(bytes);
  const [trades = 0, liquidations = 0] =
    own.length >= HEADER_BYTES ? new Uint32Array(own.buffer, 0, 2) : [];
  if (own.length < HEADER_BYTES || own.length !== bytesFor(trades, liquidations)) {
    throw new CodedError('trades-damaged', { problem: 'a block of them has lost a part' });
  }
  return columnsOn(own.buffer, HEADER_BYTES, trades, liquidations).columns;
}

/** Where the liquidations of each trade begin, and after the last of them their number. */
export function liquidationStarts({ feasible, survivors }: TradeColumns): Uint32Array {
  const starts = new Uint32Array(feasible.length + 1);
  for (let i = 0; i < feasible.length; i++) {
    starts[i + 1] = starts[i]! + feasible[i]! - survivors[i]!;
  }
  return starts;
}

/** The trades of `rows`, in that order. */
export function pickTrades(columns: TradeColumns, rows: ArrayLike<number>): TradeColumns {
  const starts = liquidationStarts(columns);
  let liquidations = 0;
  for (let i = 0; i < rows.length; i++) liquidations += starts[rows[i]! + 1]! - starts[rows[i]!]!;
  const picked = emptyColumns(rows.length, liquidations);
  let next = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    for (const name of Object.keys(OF_A_TRADE) as (keyof typeof OF_A_TRADE)[]) {
      picked[name][i] = columns[name][row]!;
    }
    for (let at = starts[row]!; at < starts[row + 1]!; at++, next++) {
      picked.liquidatedReturn[next] = columns.liquidatedReturn[at]!;
      picked.liquidatedAt[next] = columns.liquidatedAt[at]!;
    }
  }
  return picked;
}

/** All trades of `parts`, one after the other. */
export function joinTrades(parts: readonly TradeColumns[]): TradeColumns {
  const count = (name: Name) => parts.reduce((sum, part) => sum + part[name].length, 0);
  const joined = emptyColumns(count('path'), count('liquidatedAt'));
  for (const name of NAMES) {
    let offset = 0;
    for (const part of parts) {
      joined[name].set(part[name], offset);
      offset += part[name].length;
    }
  }
  return joined;
}

/**
 * What all 30 sizes of trade `row` came to ("all_results"), written to `out`; `starts` as
 * `liquidationStarts` gives them. Returns of liquidated rungs have single precision.
 */
export function outcomeOf(
  columns: TradeColumns,
  starts: Uint32Array,
  row: number,
  out: LadderOutcome,
): void {
  const feasible = columns.feasible[row]!;
  const survivors = columns.survivors[row]!;
  const largest = ounces(SIZE_COUNT as SizeIndex);
  out.feasible = feasible;
  out.liquidatedAt.fill(-1);
  out.returns.fill(NaN);
  for (let size = 1; size <= survivors; size++) {
    const leverage = (columns.leverageMax[row]! * ounces(size as SizeIndex)) / largest;
    // The loss stops at 100% of equity: negative-balance protection of the study's account.
    out.returns[size - 1] = Math.max(-1, columns.final[row]! * leverage);
  }
  for (let size = survivors + 1, at = starts[row]!; size <= feasible; size++, at++) {
    out.liquidatedAt[size - 1] = columns.liquidatedAt[at]!;
    out.returns[size - 1] = columns.liquidatedReturn[at]!;
  }
}
