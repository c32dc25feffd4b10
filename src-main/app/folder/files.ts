import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CodedError } from '../../contract/errors.ts';

/** Throws `file-unreadable`. */
export function readWhole(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CodedError('file-unreadable', { file, problem: (error as Error).message });
  }
}

/**
 * Has a file written beside its place and renames it, so that a failure leaves no half of it. Throws
 * `file-unwritable`.
 */
export function writeBeside(file: string, write: (partial: string) => void): void {
  const partial = `${file}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    write(partial);
    renameSync(partial, file);
  } catch (error) {
    if (existsSync(partial)) rmSync(partial);
    if (!(error instanceof Error && 'errno' in error)) throw error;
    throw new CodedError('file-unwritable', { file, problem: error.message });
  }
}

/** Throws `file-unwritable`. */
export const writeWhole = (file: string, content: string | Uint8Array) =>
  writeBeside(file, (partial) => writeFileSync(partial, content));

/** Lines of a CSV file: the header, then the rows. */
export const csvText = (lines: Iterable<string>) => `${[...lines].join('\n')}\n`;

/** A file in the data folder's `exports`, named by a title. */
export const exportFile = (folder: string, title: string, ending: string) =>
  join(folder, 'exports', `${title.replace(/[^\w.-]+/g, '_')}.${ending}`);
