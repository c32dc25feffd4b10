import { readStatement } from '../../journal/formats/read-statement.ts';
import type { Statement } from '../../journal/statement.ts';
import type { Refusable } from '../terms.ts';

/** Throws what `readStatement` throws. */
export const readStatementWork = ({
  file,
  goldNames,
}: {
  readonly file: Uint8Array;
  /** Symbols that are gold beside those that are known. */
  readonly goldNames: readonly string[];
}): Refusable & { readonly statement: Statement } => ({
  statement: readStatement(file, goldNames),
});
