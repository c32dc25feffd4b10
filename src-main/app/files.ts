import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CodedError } from '../contract/errors.ts';

/** Throws `file-unreadable`. */
export function readWhole(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CodedError('file-unreadable', { file, problem: (error as Error).message });
  }
}

/** Writes a file beside its place and renames it, so that a failure leaves no half of it. */
export function writeWhole(file: string, text: string): void {
  const partial = `${file}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(partial, text);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new CodedError('file-unwritable', { file, problem: (error as Error).message });
  }
}

/** Lines of a CSV file: the header, then the rows. */
export const csvText = (lines: Iterable<string>) => `${[...lines].join('\n')}\n`;
