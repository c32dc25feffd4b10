import { decimal } from '../cells.ts';
import { layoutByPlace } from '../format.ts';
import type { Problems } from '../problems.ts';
import type { Table } from '../table.ts';

const HEADER = 148;
const PERIOD = 80;
/** Bytes of a bar by version. */
const BAR_BYTES: Readonly<Record<number, number>> = { 400: 44, 401: 60 };
const LONGEST_PERIOD = 43_200;

/** Bars turned into text at a time. */
const PIECE = 65_536;

/** Whether these are the bytes of a MetaTrader 4 history file (.hst). */
export function isHistoryFile(file: Uint8Array): boolean {
  if (file.length < HEADER) return false;
  const view = viewOf(file);
  const minutes = view.getInt32(PERIOD, true);
  return view.getInt32(0, true) in BAR_BYTES && minutes > 0 && minutes <= LONGEST_PERIOD;
}

/** Bars of a history file laid out as one line a bar: problems are told by the number of the bar. */
export function openHistoryFile(file: Uint8Array, problems: Problems): Table {
  const view = viewOf(file);
  const version = view.getInt32(0, true);
  const size = BAR_BYTES[version]!;
  const bars = Math.floor((file.length - HEADER) / size);
  if (HEADER + bars * size < file.length) problems.add('cut-bar', bars + 1);
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bars; from += PIECE) {
    const lines = Array.from({ length: Math.min(PIECE, bars - from) }, (_, i) =>
      lineOf(view, HEADER + (from + i) * size, version),
    );
    pieces.push(new TextEncoder().encode(lines.join('')));
  }
  return {
    bytes: Buffer.concat(pieces),
    format: `MetaTrader 4 history, version ${version}`,
    layout: layoutByPlace(',', 6, false),
    times: { read: seconds, statesUtc: null },
    isOwnText: false,
    notes: [],
  };
}

function lineOf(view: DataView, at: number, version: number): string {
  const price = (place: number) => view.getFloat64(place, true);
  if (version === 400) {
    // Low before high.
    const [open, low, high, close, volume] = [4, 12, 20, 28, 36].map((place) => price(at + place));
    return `${view.getUint32(at, true)},${open},${high},${low},${close},${volume}\n`;
  }
  const [open, high, low, close] = [8, 16, 24, 32].map((place) => price(at + place));
  const volume = view.getBigInt64(at + 40, true);
  return `${view.getBigInt64(at, true)},${open},${high},${low},${close},${volume}\n`;
}

/** Ten digits reach the year 2286: more is no time of a bar. */
const seconds = (bytes: Uint8Array, from: number, to: number) =>
  to - from <= 10 ? decimal(bytes, from, to) : NaN;

const viewOf = (file: Uint8Array) => new DataView(file.buffer, file.byteOffset, file.byteLength);
