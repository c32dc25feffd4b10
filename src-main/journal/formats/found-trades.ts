import { isSpot } from '../../domain/instrument.ts';
import {
  stopOutOf,
  type ClosedTrade,
  type SkippedRow,
  type SkipReason,
  type Statement,
  type StatementTrade,
} from '../statement.ts';
import type { SheetRow } from './sheet.ts';
import { CodedError } from '../../contract/errors.ts';

/** Brokers' masks, and ours: 0000000, XXXX, ****. */
const MASK = /^[0x*•-]*$/i;

/** The one account that a file tells of; empty where it is masked. Throws `statements-mixed`. */
export const oneAccount = (named: Iterable<string>) =>
  onlyOne(
    'the accounts',
    [...named].map((name) => name.trim()).filter((name) => !MASK.test(name)),
  );

/** The one currency of a file's amounts; empty where none is named. Throws `statements-mixed`. */
export const oneCurrency = (named: Iterable<string>) =>
  onlyOne('amounts in', [...named].map((name) => name.trim().toUpperCase()).filter(Boolean));

function onlyOne(what: string, named: readonly string[]): string {
  const [first = '', ...others] = new Set(named);
  if (others.length === 0) return first;
  throw new CodedError('statements-mixed', { what: `${what} ${[first, ...others].join(' and ')}` });
}

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
  readonly #goldNames: ReadonlySet<string>;

  /** `goldNames`: symbols that are gold beside those that are known. */
  constructor(goldNames: readonly string[]) {
    this.#goldNames = new Set(goldNames.map(plain));
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
    if (!this.#isGold(told.symbol)) {
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

  #isGold(symbol: string): boolean {
    return isSpot('gold', symbol) || this.#goldNames.has(plain(symbol));
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

const plain = (symbol: string) => symbol.trim().toLowerCase();

function isWhole(told: Omit<ToldTrade, 'direction' | 'closedAt' | 'closePrice'>): boolean {
  const { ticket, size, openPrice, openedAt, commission, swap, profit } = told;
  const amounts = [openedAt, commission, swap, profit];
  return ticket !== '' && size > 0 && openPrice > 0 && amounts.every(Number.isFinite);
}
