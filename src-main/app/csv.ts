import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { CodedError } from '../contract/errors.ts';

/** Writes a CSV beside its place and renames it, so that a failure leaves no half-written file. */
export function writeCsv(
  file: string,
  header: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
): number {
  const lines = [header.join(',')];
  for (const row of rows) lines.push(row.join(','));
  const partial = `${file}.part`;
  try {
    writeFileSync(partial, `${lines.join('\n')}\n`);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    const problem = error instanceof Error ? error.message : String(error);
    throw new CodedError('file-unwritable', { file, problem });
  }
  return lines.length - 1;
}
