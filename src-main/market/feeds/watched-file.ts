import { watch, type FSWatcher } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { textBytes } from '../text-bytes.ts';

const NEWLINE = 0x0a;
/** A terminal writes through other programs' caches and onto network drives: watching alone misses some. */
const LOOK_EVERY_MS = 1_000;
/** Lines before the newest that are read again, so that the step of the bars still shows. */
const LINES_AGAIN = 60;

/** What came of a look at the file. Bytes end with a whole line: half of one is still being written. */
export interface FileListener {
  /** The file is new or was rewritten: all of it. */
  onWhole(bytes: Uint8Array): Promise<void>;
  /** Lines were appended: the header, some known lines and the new ones. */
  onGrown(bytes: Uint8Array): void;
  /** The file cannot be read, and why; null once it can be again. */
  onTrouble(problem: string | null): void;
}

interface Seen {
  readonly header: Uint8Array;
  /** The known lines that are read again, and where they begin in the file. */
  readonly again: Uint8Array;
  readonly from: number;
}

/** Follows a text file that another program appends to or writes anew. */
export class WatchedFile {
  readonly #path: string;
  readonly #listener: FileListener;
  readonly #timer: NodeJS.Timeout;
  #watcher: FSWatcher | null = null;
  #stamp = '';
  #seen: Seen | null = null;
  #looking = false;
  #stopped = false;

  constructor(path: string, listener: FileListener) {
    this.#path = path;
    this.#listener = listener;
    try {
      // The folder: a file that is written beside it and renamed is another file.
      this.#watcher = watch(dirname(path), () => void this.look());
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      this.#watcher = null; // the timer looks all the same
    }
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Looks now. One look at a time: what changes meanwhile is seen by the next. */
  async look(): Promise<void> {
    if (this.#looking || this.#stopped) return;
    this.#looking = true;
    const problem = await this.#read().catch((error: NodeJS.ErrnoException) => {
      this.#stamp = '';
      return plainly(error);
    });
    this.#looking = false;
    if (problem !== undefined && !this.#stopped) this.#listener.onTrouble(problem);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#watcher?.close();
  }

  /** Undefined where nothing changed, null where what changed was taken, else why it was not. */
  async #read(): Promise<string | null | undefined> {
    const { mtimeMs, size, ino } = await stat(this.#path);
    const stamp = `${mtimeMs} ${size} ${ino}`;
    if (stamp === this.#stamp) return undefined;
    const file = await open(this.#path, 'r');
    try {
      const text = await openText(file, size);
      const grown = this.#seen && (await readGrown(text, this.#seen));
      const bytes = grown ?? wholeLines(await text.read(0, text.size));
      if (this.#stopped) return undefined;
      if (bytes.length === 0) return 'the file holds no whole line';
      const offset = grown ? this.#seen!.from - this.#seen!.header.length : 0;
      this.#stamp = stamp;
      this.#seen = null;
      if (grown) this.#listener.onGrown(grown);
      else await this.#listener.onWhole(bytes);
      this.#seen = seenOf(bytes, offset);
      return null;
    } catch (error) {
      return plainly(error as NodeJS.ErrnoException);
    } finally {
      await file.close();
    }
  }
}

/** What the system says of a file, in words. */
const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'the system does not let this file be read',
  EPERM: 'the system does not let this file be read',
  EBUSY: 'another program has the file locked',
};

const plainly = ({ code, message }: NodeJS.ErrnoException) => SYSTEM_WORDS[code ?? ''] ?? message;

/** The text of a file, piece by piece. */
interface Text {
  readonly size: number;
  read(from: number, length: number): Promise<Uint8Array>;
}

/** MetaTrader also writes UTF-16, whose lines cannot be found byte by byte: that is read whole. */
async function openText(file: FileHandle, size: number): Promise<Text> {
  const read = async (from: number, length: number) => {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await file.read(bytes, 0, length, from);
    return bytes.subarray(0, bytesRead);
  };
  const [first, second] = await read(0, 2);
  if (first !== 0xff || second !== 0xfe) return { size, read };
  const text = textBytes(await read(0, size)) ?? new Uint8Array(0);
  return {
    size: text.length,
    read: (from, length) => Promise.resolve(text.subarray(from, from + length)),
  };
}

/** Header, known and new lines; null where what was known is no longer there. */
async function readGrown(text: Text, { header, again, from }: Seen): Promise<Uint8Array | null> {
  if (text.size < from + again.length) return null;
  const tail = await text.read(from, text.size - from);
  const head = await text.read(0, header.length);
  const isSame = sameBytes(head, header) && sameBytes(tail.subarray(0, again.length), again);
  return isSame ? Buffer.concat([header, wholeLines(tail)]) : null;
}

/** What to compare at the next look; `offset`: how much further the bytes lie in the file. */
function seenOf(bytes: Uint8Array, offset: number): Seen {
  const header = bytes.subarray(0, bytes.indexOf(NEWLINE) + 1);
  // The newest line is a bar that still changes: it is not compared.
  const end = lineStart(bytes, bytes.length);
  let from = end;
  for (let lines = 0; lines < LINES_AGAIN && from > header.length; lines++) {
    from = lineStart(bytes, from);
  }
  from = Math.max(from, header.length);
  return {
    header: header.slice(),
    again: bytes.slice(from, Math.max(from, end)),
    from: from + offset,
  };
}

/** Start of the line that ends just before `end`. */
const lineStart = (bytes: Uint8Array, end: number) => bytes.lastIndexOf(NEWLINE, end - 2) + 1;

const wholeLines = (bytes: Uint8Array) => bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);

const sameBytes = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** The lines without the newest one. */
export const withoutNewest = (bytes: Uint8Array) =>
  bytes.subarray(0, lineStart(bytes, bytes.length));
