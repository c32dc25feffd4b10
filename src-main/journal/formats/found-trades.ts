import { isGold } from '../gold-symbols.ts';
import {
  stopOutOf,
  type ClosedTrade,
  type SkippedRow,
  type SkipReason,
  type Statement,
  type StatementTrade,
} from '../statement.ts';
import type { SheetRow } from './sheet.ts';

/** A trade as its row tells it: NaN (of a ticket: empty) for what cannot be read, null for a close to come. */
export interface ToldTrade extends Omit<StatementTrade, 'row' | 'direction'> {
  readonly direction: StatementTrade['direction'] | null;
  readonly closedAt: number | null;
  readonly closePrice: number;
}

/** The trades of a statement as its rows are read, and why each other row is none of gold. */
export class FoundTrades {
  readonly #closed: ClosedTrade[] = [];
  readonly #open: StatementTrade[] = [];
  readonly #stopOuts: Statement['stopOuts'][number][] = [];
  readonly #skipped: SkippedRow[] = [];
  readonly #goldNames: readonly string[];

  /** `goldNames`: symbols that are gold beside those that are known. */
  constructor(goldNames: readonly string[]) {
    this.#goldNames = goldNames;
  }

  skip({ row, cells }: SheetRow, reason: SkipReason, symbol = ''): void {
    const text = cells.map((cell) => cell.text).join(' ');
    this.#skipped.push({ row, reason, symbol, text: text.trim().slice(0, 160) });
  }

  /** A trade of any symbol: of others than gold only the stop-outs count. */
  add(place: SheetRow, { closedAt, closePrice, direction, ...told }: ToldTrade): void {
    const { row } = place;
    const stopOut = stopOutOf(told.comment);
    if (stopOut) this.#stopOuts.push({ ...stopOut, row });
    if (!isGold(told.symbol, this.#goldNames)) {
      this.skip(place, 'other-symbol', told.symbol);
    } else if (!direction || !isWhole(told)) {
      this.skip(place, 'unreadable', told.symbol);
    } else if (closedAt === null) {
      this.#open.push({ ...told, direction, row });
    } else if (!(closedAt >= told.openedAt) || !(closePrice > 0)) {
      this.skip(place, 'unreadable', told.symbol);
    } else {
      this.#closed.push({ ...told, direction, row, closedAt, closePrice, stopOut });
    }
  }

  all(): Pick<Statement, 'closed' | 'open' | 'stopOuts' | 'skipped'> {
    return {
      closed: this.#closed,
      open: this.#open,
      stopOuts: this.#stopOuts,
      skipped: this.#skipped,
    };
  }
}

function isWhole(told: Omit<ToldTrade, 'direction' | 'closedAt' | 'closePrice'>): boolean {
  const { ticket, size, openPrice, openedAt, commission, swap, profit } = told;
  const amounts = [openedAt, commission, swap, profit];
  return ticket !== '' && size > 0 && openPrice > 0 && amounts.every(Number.isFinite);
}
