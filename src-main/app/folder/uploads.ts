import { randomUUID } from 'node:crypto';
import { CodedError } from '../../contract/errors.ts';

/** The largest file that is taken from the window: ten years of one-minute bars and room to spare. */
const LARGEST = 512 * 1024 * 1024;
/** Files that may wait for a decision at once; the oldest makes room. */
const WAITING = 32;

interface Upload {
  readonly fileName: string;
  readonly pieces: Uint8Array[];
  bytes: number;
}

/** Files handed over by the window, kept in memory until they are imported or discarded. */
export class Uploads {
  readonly #waiting = new Map<string, Upload>();

  /** Takes the next piece (base64) of an upload, or the first of a new one; gives the upload's name. */
  stage(name: string | null, fileName: string, piece: string): string {
    const id = name ?? this.#begin(fileName);
    const upload = this.#find(id);
    const bytes = Buffer.from(piece, 'base64');
    upload.bytes += bytes.length;
    if (upload.bytes > LARGEST) {
      this.#waiting.delete(id);
      throw new CodedError('file-too-large', { file: fileName, megabytes: LARGEST / 2 ** 20 });
    }
    upload.pieces.push(bytes);
    return id;
  }

  read(id: string): { fileName: string; bytes: Uint8Array<ArrayBuffer> } {
    const upload = this.#find(id);
    return { fileName: upload.fileName, bytes: new Uint8Array(Buffer.concat(upload.pieces)) };
  }

  discard(id: string): void {
    this.#waiting.delete(id);
  }

  #begin(fileName: string): string {
    const id = randomUUID();
    if (this.#waiting.size >= WAITING) this.#waiting.delete(this.#waiting.keys().next().value!);
    this.#waiting.set(id, { fileName, pieces: [], bytes: 0 });
    return id;
  }

  #find(id: string): Upload {
    const upload = this.#waiting.get(id);
    if (!upload) throw new CodedError('upload-gone', {});
    return upload;
  }
}
