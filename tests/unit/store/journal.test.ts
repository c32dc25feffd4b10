import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';
import type { StatementSource, TakenTrade } from '../../../src-main/contract/journal.ts';
import type { Ounces, UsdPerOunce, UtcSeconds } from '../../../src-main/domain/units.ts';

const NOW = 1_700_000_000 as UtcSeconds;
const SOURCE: StatementSource = {
  fileName: 'Statement.htm',
  sha256: 'ab',
  format: 'MetaTrader 4 statement',
  account: '1001',
  currency: 'USD',
  clock: 'new-york-close',
};
const trade = (ticket: string, more: Partial<TakenTrade> = {}): TakenTrade => ({
  ticket,
  symbol: 'XAUUSD',
  direction: 'long',
  size: 1 as Ounces,
  openedAt: NOW,
  openPrice: 2000 as UsdPerOunce,
  closedAt: (NOW + 3600) as UtcSeconds,
  closePrice: 2010 as UsdPerOunce,
  profit: 10,
  commission: -0.1,
  swap: 0,
  stoppedOut: false,
  comment: '',
  ...more,
});
const open = (ticket: string) => trade(ticket, { closedAt: null, closePrice: null, profit: 3 });

function opened(folder = dataFolder()) {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return { ...store, folder };
}

describe('trades of a statement', () => {
  it('are taken once, whichever statement of the account they come in', () => {
    const { statements } = opened();
    const first = statements.add(SOURCE, [trade('1'), trade('2')], NOW);
    expect(first).toMatchObject({ added: 2, known: 0, differing: [] });
    expect(statements.plan('1001', [trade('2'), trade('3')])).toEqual({
      added: 1,
      known: 1,
      differing: [],
    });
    const again = statements.add(
      { ...SOURCE, fileName: 'later.htm' },
      [trade('2'), trade('3')],
      NOW,
    );
    expect(again).toMatchObject({ added: 1, known: 1 });
    expect(statements.add(SOURCE, [trade('1')], NOW)).toMatchObject({ id: null, added: 0 });
    // The ticket of another account is another trade.
    expect(statements.add({ ...SOURCE, account: '2002' }, [trade('1')], NOW).added).toBe(1);
    expect(statements.trades().map(({ account, ticket }) => `${account} ${ticket}`)).toEqual([
      '1001 1',
      '1001 2',
      '1001 3',
      '2002 1',
    ]);
  });

  it('with other numbers than the kept one are told; the kept one stays', () => {
    const { statements } = opened();
    statements.add(SOURCE, [trade('1')], NOW);
    const told = statements.add(SOURCE, [trade('1', { profit: 99 }), trade('2')], NOW);
    expect(told).toMatchObject({ added: 1, differing: ['1'] });
    expect(statements.trades()[0]!.profit).toBe(10);
  });

  it('that were open are closed by a later statement, and open again once that is undone', () => {
    const { statements } = opened();
    statements.add(SOURCE, [open('1')], NOW);
    const later = statements.add(SOURCE, [trade('1')], NOW);
    expect(statements.trades()).toMatchObject([{ ticket: '1', profit: 10 }]);
    statements.undo(later.id!, (NOW + 60) as UtcSeconds);
    expect(statements.trades()).toMatchObject([{ ticket: '1', closedAt: null }]);
    expect(statements.list()).toMatchObject([
      { id: later.id, undoneAt: NOW + 60, trades: 0 },
      { undoneAt: null, trades: 1 },
    ]);
    expect(() => statements.undo(later.id!, NOW)).toThrow(
      expect.objectContaining({ code: 'no-statement' }),
    );
    // What was undone can be imported again.
    expect(statements.add(SOURCE, [trade('1')], NOW).added).toBe(1);
  });

  it('are never changed in place', () => {
    const { statements, folder } = opened();
    statements.add(SOURCE, [trade('1')], NOW);
    const db = new Database(join(folder, 'size-picker.db'));
    onTestFinished(() => void db.close());
    expect(() => db.exec("UPDATE statement_trade SET ticket = '2'")).toThrow(/never changed/);
  });
});

describe('an entry of the journal', () => {
  it('is followed by newer ones; the newest holds and none is lost', () => {
    const { journalEntries, folder } = opened();
    const write = (subject: string, kind: string, entry: unknown) =>
      journalEntries.write({ subject, kind, writtenAt: NOW, entry });
    write('d1', 'note', 'too early');
    write('d1', 'note', 'too early, as it turned out');
    write('d1', 'tags', ['news']);
    write('d2', 'note', 'calm');
    const notes = journalEntries.newest('note');
    expect([...notes.values()].map(({ subject, entry }) => [subject, entry])).toEqual([
      ['d1', 'too early, as it turned out'],
      ['d2', 'calm'],
    ]);
    const db = new Database(join(folder, 'size-picker.db'));
    onTestFinished(() => void db.close());
    expect(db.prepare('SELECT count(*) FROM journal_entry').pluck().get()).toBe(4);
    expect(() => db.exec('DELETE FROM journal_entry')).toThrow(/never removed/);
    expect(() => db.exec("UPDATE journal_entry SET entry = ''")).toThrow(/never changed/);
  });
});
