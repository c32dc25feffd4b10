import type {
  StatementImport,
  StatementPreview,
  StatementReading,
} from '../../contract/journal.ts';
import type { TradesPlan } from '../../journal/statements/plan-trades.ts';

/** Rows that are shown of those left out for one reason. */
const MOST_ROWS = 20;

/** What a window shows before the trades of a statement are kept. */
export function statementPreviewOf(
  { read, source, isClockAssumed, isAccountAssumed, span }: TradesPlan,
  { added, known, differing }: Omit<StatementImport, 'id'>,
): StatementPreview {
  const { gold, clockEvidence, stopOuts } = read;
  const others = gold.skipped['other-symbol'] ?? [];
  return {
    source,
    isAccountAssumed,
    isClockAssumed,
    clockEvidence,
    closed: gold.closed.length,
    open: gold.open.length,
    from: span?.from ?? null,
    to: span?.to ?? null,
    added,
    known,
    differing,
    contracts: gold.contracts.map(({ symbol, ounces, evidence }) => ({ symbol, ounces, evidence })),
    stopOuts: stopOuts.length,
    skipped: Object.entries(gold.skipped).map(([reason, rows]) => ({
      reason,
      rows: rows.length,
      first: rows.slice(0, MOST_ROWS).map(({ row, text }) => ({ row, text })),
    })),
    otherSymbols: [...new Set(others.map(({ symbol }) => symbol).filter(Boolean))].sort(),
  };
}

/** The same with all that is left out, for who reads the file at the terminal. */
export function statementReadingOf(
  { read, source, isClockAssumed, isAccountAssumed, span }: TradesPlan,
  kept: StatementImport,
): StatementReading {
  const { gold, clockEvidence, shown, stopOuts } = read;
  return {
    source,
    isAccountAssumed,
    isClockAssumed,
    clockEvidence,
    shown,
    closed: gold.closed.length,
    open: gold.open.length,
    from: span?.from ?? null,
    to: span?.to ?? null,
    contracts: gold.contracts,
    stopOuts,
    skipped: gold.skipped,
    kept,
  };
}
