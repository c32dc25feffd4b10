const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;

/** The cells of one line at a time, without the blanks and quotes around them. */
export class LineCells {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Where the next line begins. */
  next = 0;

  readonly #bytes: Uint8Array;
  readonly #separator: number;
  readonly #width: number;

  constructor(bytes: Uint8Array, separator: string, width: number) {
    this.#bytes = bytes;
    this.#separator = separator.charCodeAt(0);
    this.#width = width;
    this.starts = new Int32Array(width + 1);
    this.ends = new Int32Array(width + 1);
  }

  /** Find the cells of the line at `from`; their number, 0 if it is blank. */
  split(from: number): number {
    const bytes = this.#bytes;
    const separator = this.#separator;
    const width = this.#width;
    let cell = 0;
    let start = from;
    let i = from;
    for (; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte !== separator && byte !== NEWLINE) continue;
      this.#close(cell, start, i);
      cell += 1;
      start = i + 1;
      if (byte === NEWLINE) break;
    }
    if (i === bytes.length) {
      this.#close(cell, start, i);
      cell += 1;
    }
    this.next = i + 1;
    if (cell === 1 && this.starts[0] === this.ends[0]) return 0;
    // A separator after the last cell is none between two.
    const trails = cell === width + 1 && this.starts[width] === this.ends[width];
    return trails ? width : cell;
  }

  #close(cell: number, from: number, to: number): void {
    if (cell > this.#width) return;
    const bytes = this.#bytes;
    let start = from;
    let end = to;
    while (end > start && (bytes[end - 1] === RETURN || bytes[end - 1] === SPACE)) end -= 1;
    while (start < end && bytes[start] === SPACE) start += 1;
    if (end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE) {
      start += 1;
      end -= 1;
    }
    this.starts[cell] = start;
    this.ends[cell] = end;
  }
}

/** Index of the line feed that ends the line at `from`, or the end of the file. */
export function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end;
}

export function countLines(bytes: Uint8Array): number {
  let lines = 1;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === NEWLINE) lines += 1;
  return lines;
}

/** Where the last line that holds anything begins. */
export function lastLineStart(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1]! <= SPACE) end -= 1;
  return end === 0 ? 0 : bytes.lastIndexOf(NEWLINE, end - 1) + 1;
}
