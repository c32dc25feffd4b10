import { createHash } from 'node:crypto';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import { readStatement } from '../../journal/formats/read-statement.ts';
import type { StatementImport } from '../../contract/journal.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type {
  StatementFile,
  TradesPlan,
  TradesSettings,
} from '../../journal/statements/plan-trades.ts';
import type { Store } from '../../store/store.ts';

/** Reads a statement. Throws what `readStatement` throws. */
export const statementIn = (
  file: Uint8Array,
  fileName: string,
  { goldNames }: TradesSettings,
): StatementFile => ({
  statement: readStatement(file, goldNames),
  fileName,
  sha256: checksumOf(file),
});

/** The same in a thread of its own; the bytes move there: `file` is empty afterwards. Throws `cancelled`, too. */
export async function statementInWorker(
  file: Uint8Array<ArrayBuffer>,
  fileName: string,
  { goldNames }: TradesSettings,
  signal: AbortSignal,
): Promise<StatementFile> {
  const sha256 = checksumOf(file);
  const order = { file, goldNames };
  const { statement } = await runInWorker('read-statement', order, {
    signal,
    transfer: [file.buffer],
  });
  return { statement, fileName, sha256 };
}

const checksumOf = (file: Uint8Array) => createHash('sha256').update(file).digest('hex');

/** Keeps the trades that are not kept yet, all of them or none. */
export const keepTrades = (
  store: Store,
  { source, trades }: TradesPlan,
  now: UtcSeconds,
): StatementImport => store.statements.add(source, trades, now);
