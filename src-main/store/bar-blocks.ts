import { BAR_COLUMNS, emptyBars, type Bars } from '../domain/bars/bars.ts';

/** Bars of a full block; every block of a series but its last is full. */
export const BLOCK_BARS = 4096;

/** A stored block: the index of its first bar, and its columns one after another. */
export interface Block {
  readonly first: number;
  readonly bars: Uint8Array;
}

const BYTES = Float64Array.BYTES_PER_ELEMENT;

/** Doubles in the machine's order, which is little-endian wherever this runs. */
export function encodeBlock(bars: Bars, from: number, to: number): Uint8Array {
  const block = new Float64Array((to - from) * BAR_COLUMNS.length);
  BAR_COLUMNS.forEach((column, i) => block.set(bars[column].subarray(from, to), i * (to - from)));
  return new Uint8Array(block.buffer);
}

/** The bars [first, first + count) of a series out of the blocks that hold them; null where some are gone. */
export function decodeBlocks(
  blocks: Iterable<Block>,
  first: number,
  count: number,
  stepSeconds: number,
): Bars | null {
  const bars = emptyBars(count, stepSeconds);
  let found = 0;
  for (const block of blocks) {
    const length = block.bars.length / BYTES / BAR_COLUMNS.length;
    const from = Math.max(first, block.first);
    const to = Math.min(first + count, block.first + length);
    found += Math.max(0, to - from);
    BAR_COLUMNS.forEach((column, i) => {
      const start = (i * length + from - block.first) * BYTES;
      const bytes = block.bars.subarray(start, start + (to - from) * BYTES);
      // By bytes, because a BLOB need not lie on a boundary of eight.
      new Uint8Array(bars[column].buffer).set(bytes, (from - first) * BYTES);
    });
  }
  return found === count ? bars : null;
}
