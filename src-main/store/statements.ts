import { CodedError } from '../contract/errors.ts';
import type {
  ImportedStatement,
  KeptTrade,
  StatementImport,
  StatementSource,
  TakenTrade,
} from '../contract/journal.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { Connection } from './connection.ts';

/** Trades of brokers' statements, one of each account and ticket. */
export interface Statements {
  /** Newest first, those that were undone among them. */
  list(): ImportedStatement[];
  /**
   * Adds the trades that the account does not have yet, all of them or none. One that was open is
   * closed by a later statement; one with other numbers than the kept one is told and left out.
   */
  add(source: StatementSource, trades: readonly TakenTrade[], now: UtcSeconds): StatementImport;
  /** What `add` would do. */
  plan(account: string, trades: readonly TakenTrade[]): Omit<StatementImport, 'id'>;
  /** Takes the trades of an import out again. Throws `no-statement`. */
  undo(id: number, now: UtcSeconds): void;
  /** Closed where any statement closed it; in the order of their import. */
  trades(): KeptTrade[];
}

interface StatementRow {
  readonly id: number;
  readonly imported_at: UtcSeconds;
  readonly undone_at: UtcSeconds | null;
  readonly source: string;
  readonly trades: number;
}

interface TradeRow {
  readonly id: number;
  readonly account: string;
  readonly source: string;
  readonly trade: string;
}

export function statements({ db, write }: Connection): Statements {
  const insertStatement = db.prepare(
    'INSERT INTO statement (imported_at, account, source) VALUES (?, ?, ?)',
  );
  const insertTrade = db.prepare(
    'INSERT INTO statement_trade (statement, account, ticket, is_closed, trade) VALUES (?, ?, ?, ?, ?)',
  );
  const selectStatements = db.prepare<[], StatementRow>(
    `SELECT id, imported_at, undone_at, source,
       (SELECT count(*) FROM statement_trade WHERE statement = statement.id) AS trades
     FROM statement ORDER BY id DESC`,
  );
  const selectTrades = db.prepare<[], TradeRow>(
    `SELECT t.id, t.account, s.source, t.trade FROM statement_trade t JOIN statement s ON s.id = t.statement
     WHERE t.is_closed = 1 OR NOT EXISTS
       (SELECT 1 FROM statement_trade c
        WHERE c.account = t.account AND c.ticket = t.ticket AND c.is_closed = 1)
     ORDER BY t.id`,
  );
  const selectOfAccount = db.prepare<
    [string],
    { ticket: string; is_closed: number; trade: string }
  >('SELECT ticket, is_closed, trade FROM statement_trade WHERE account = ?');
  const markUndone = db.prepare(
    'UPDATE statement SET undone_at = ? WHERE id = ? AND undone_at IS NULL',
  );
  const deleteTrades = db.prepare('DELETE FROM statement_trade WHERE statement = ?');

  /** The trades to add, and what becomes of the others. */
  const sort = (account: string, trades: readonly TakenTrade[]) => {
    const kept = new Map<string, string>();
    for (const { ticket, is_closed, trade } of selectOfAccount.all(account)) {
      kept.set(`${is_closed} ${ticket}`, trade);
    }
    const fresh: TakenTrade[] = [];
    const differing: string[] = [];
    for (const trade of trades) {
      const closed = kept.get(`1 ${trade.ticket}`);
      const same = trade.closedAt === null ? (closed ?? kept.get(`0 ${trade.ticket}`)) : closed;
      if (!same) {
        fresh.push(trade);
        kept.set(`${Number(trade.closedAt !== null)} ${trade.ticket}`, JSON.stringify(trade));
      }
      // An open trade changes its profit all the time.
      else if (trade.closedAt !== null && same !== JSON.stringify(trade)) {
        differing.push(trade.ticket);
      }
    }
    return { fresh, differing, known: trades.length - fresh.length - differing.length };
  };

  return {
    list: () =>
      selectStatements.all().map(({ id, imported_at, undone_at, source, trades }) => ({
        ...(JSON.parse(source) as StatementSource),
        id,
        importedAt: imported_at,
        undoneAt: undone_at,
        trades,
      })),
    add: write((source, trades, now) => {
      const { fresh, known, differing } = sort(source.account, trades);
      if (fresh.length === 0) return { id: null, added: 0, known, differing };
      const { account } = source;
      const id = Number(insertStatement.run(now, account, JSON.stringify(source)).lastInsertRowid);
      for (const trade of fresh) {
        const isClosed = Number(trade.closedAt !== null);
        insertTrade.run(id, account, trade.ticket, isClosed, JSON.stringify(trade));
      }
      return { id, added: fresh.length, known, differing };
    }),
    plan: (account, trades) => {
      const { fresh, known, differing } = sort(account, trades);
      return { added: fresh.length, known, differing };
    },
    undo: write((id, now) => {
      if (markUndone.run(now, id).changes === 0) throw new CodedError('no-statement', { id });
      deleteTrades.run(id);
    }),
    trades: () =>
      selectTrades.all().map(({ id, account, source, trade }) => ({
        ...(JSON.parse(trade) as TakenTrade),
        id,
        account,
        currency: (JSON.parse(source) as StatementSource).currency,
      })),
  };
}
