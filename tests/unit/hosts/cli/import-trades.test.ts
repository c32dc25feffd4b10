import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  goldTimes,
  serverClock,
  wanderingBars,
  commaLines,
} from '../../../support/candle-files.ts';
import { cli, cliJson } from '../../../support/cli.ts';
import { metatrader4, ownCsv, trade, tradesOn } from '../../../support/statement-files.ts';

const BARS = wanderingBars(goldTimes('2023-01-09', '2023-06-30'));
const TRADES = tradesOn(BARS, 150, serverClock);

let folder: string;
let stored: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'size-picker-test-'));
  stored = ['--data', join(folder, 'with-bars')];
  const candles = write('gold.csv', commaLines(BARS).join('\n'));
  await cliJson('import', 'candles', candles, '--symbol', 'XAUUSD', '--clock', 'utc', ...stored);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const statement = (name: string, trades = TRADES, account = '4711') =>
  write(name, metatrader4(trades, '', { account, currency: 'USD' }));
const empty = (name: string) => ['--data', join(folder, name)];

describe('import trades', () => {
  it('counts trades and rows left out, and tells the clock by the bars that are stored', async () => {
    const rows = [...TRADES, trade(1, { symbol: 'EURUSD' }), trade(2, { open: '?' })];
    const file = statement('counted.htm', [...rows, trade(3, { closed: '' })]);
    const told = await cliJson(...['import', 'trades', file, ...stored]);
    expect(told).toMatchObject({
      closed: 150,
      open: 1,
      skipped: { balance: 1, 'other-symbol': 1, unreadable: 1 },
      clock: { name: 'new-york-close', shown: { series: 'XAUUSD_H1', fills: 301 } },
      account: '4711',
      currency: 'USD',
      format: 'MetaTrader 4 statement',
      contract: [{ symbol: 'xauusd.', ounces: 100, source: 'profits' }],
      stopOuts: [],
      from: '2023-01-09T00:00:00Z',
    });
  });

  it('takes the likeliest clock without bars, and says that it is assumed', async () => {
    const file = statement('no-bars.htm');
    const told = await cliJson('import', 'trades', file, ...empty('none'));
    expect(told).toMatchObject({
      closed: 150,
      added: 150,
      clock: { name: 'new-york-close', isAssumed: true, shown: null },
    });
    const { stdout } = await cli('import', 'trades', file, ...empty('none'));
    expect(stdout).toContain('Clock: new-york-close, assumed. No bars of gold of 2023-01-09');
    expect(stdout).toContain('Import candles of gold that cover the trades');
  });

  it('keeps each trade once, looks without keeping, and takes an import out again', async () => {
    const where = empty('kept');
    const early = statement('early.htm', TRADES.slice(0, 100));
    const whole = statement('whole.htm');
    const look = await cliJson('import', 'trades', early, '--dry-run', ...where);
    expect(look).toMatchObject({ import: null, added: 100, known: 0 });
    const first = await cliJson<{ import: number }>('import', 'trades', early, ...where);
    expect(first).toMatchObject({ added: 100, known: 0 });
    const second = await cliJson<{ import: number }>('import', 'trades', whole, ...where);
    expect(second).toMatchObject({ added: 50, known: 100, differing: [] });
    expect(await cliJson('import', 'trades', whole, ...where)).toMatchObject({
      import: null,
      added: 0,
      known: 150,
    });
    const undone = await cliJson('undo', 'trades', String(first.import), ...where);
    expect(undone).toEqual({ undone: first.import, trades: 100 });
    expect(await cliJson('import', 'trades', whole, ...where)).toMatchObject({
      added: 100,
      known: 50,
    });
    const { code, stderr } = await cli('undo', 'trades', '99', ...where);
    expect(code).not.toBe(0);
    expect(stderr).toContain('There is no import number 99');
  });

  describe('where two files tell of the same days', () => {
    const COLUMNS = 'symbol,direction,lots,entry_time,entry_price,exit_time,exit_price,profit';
    const PARTS = 'ticket,' + COLUMNS;
    const minute = (i: number) => `2023-03-0${1 + (i % 5)} 1${i % 9}:0${i % 6}`;
    const line = (i: number) =>
      `XAUUSD,long,0.01,${minute(i)},${1850 + i},2023-03-09 10:00,${1851 + i},1`;
    const part = (exit: string, lots = 0.01) =>
      `77,XAUUSD,long,${lots},2023-03-01 08:00,1850,2023-03-0${exit} 10:00,1851,${100 * lots}`;
    const keep = async (name: string, columns: string, lines: readonly string[]) => {
      const file = write(name, ownCsv(lines, columns));
      return cliJson('import', 'trades', file, ...empty('overlap'), '--account', name[0]!);
    };

    it('a trade without a number is taken once, wherever the second file begins', async () => {
      const lines = Array.from({ length: 9 }, (_, i) => line(i));
      expect(await keep('a1.csv', COLUMNS, lines.slice(0, 6))).toMatchObject({ added: 6 });
      const later = await keep('a2.csv', COLUMNS, lines.slice(4));
      expect(later).toMatchObject({ added: 3, known: 2, differing: [] });
    });

    it('two that are alike in all are two, in either file', async () => {
      const twice = [line(1), line(1), line(2)];
      expect(await keep('b1.csv', COLUMNS, twice)).toMatchObject({ added: 3 });
      expect(await keep('b2.csv', COLUMNS, twice)).toMatchObject({ added: 0, known: 3 });
      const more = await keep('b3.csv', COLUMNS, [...twice, line(1)]);
      expect(more).toMatchObject({ added: 1, known: 3 });
    });

    it('each part of a position is taken once, whichever of them a file holds', async () => {
      const [first, second, third] = [part('2'), part('3', 0.02), part('4')];
      expect(await keep('c1.csv', PARTS, [first, second])).toMatchObject({ added: 2 });
      const later = await keep('c2.csv', PARTS, [second, third]);
      expect(later).toMatchObject({ added: 1, known: 1, differing: [] });
      const whole = await keep('c3.csv', PARTS, [first, second, third]);
      expect(whole).toMatchObject({ added: 0, known: 3, differing: [] });
    });
  });

  it('takes a clock that is given, and says where the bars look otherwise', async () => {
    const words = ['import', 'trades', statement('given.htm'), '--clock', '-05:00', ...stored];
    const told = await cliJson<{ clockEvidence: string }>(...words);
    expect(told).toMatchObject({ clock: { name: '-05:00', shown: { clock: 'new-york-close' } } });
    expect(told.clockEvidence).toContain('The bars look otherwise: New York + 7 h');
  });

  it('takes a contract, other names of gold and a name for a masked account', async () => {
    const file = statement('named.htm', [trade(1, { symbol: 'XGLD.b' })], '0000000');
    const words = ['--symbol', 'AU, xgld.b', '--contract', '10', '--account', 'Main'];
    const told = await cliJson('import', 'trades', file, ...words, ...empty('none'));
    expect(told).toMatchObject({
      closed: 1,
      account: 'Main',
      contract: [{ symbol: 'XGLD.b', ounces: 10, source: 'given' }],
    });
  });

  it('lists rows that are left out, with the reason', async () => {
    const comment = 'so: 59.7%/15.0/25.2';
    const rows = [trade(1, { comment }), trade(2, { symbol: 'EURUSD' }), trade(3, { open: '?' })];
    const { stdout, code } = await cli(
      ...['import', 'trades', statement('listed.htm', rows), ...empty('none')],
    );
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('MetaTrader 4 statement, account 4711, USD');
    expect(lines[1]).toMatch(/^Gold: 1 closed trade, 0 open, 2023-03-01T/);
    expect(lines).toContain('1 stop-out, at margin levels of 59.7% to 59.7%');
    expect(lines).toContain('Left out, another symbol: 1');
    expect(stdout).toMatch(/ {2}row 6: 2 2023\.03\.01 10:00:00 buy 0\.02 EURUSD/);
    expect(stdout).toMatch(/a field that cannot be read: 1\n {2}row 7: 3 .* \?/);
  });

  it('says so where no trade is closed', async () => {
    const file = statement('open.htm', [trade(1, { closed: '' })]);
    const { stdout } = await cli('import', 'trades', file, ...empty('none'));
    expect(stdout).toContain('No trade is closed, so none has an outcome yet.');
  });

  it.each([
    ['no-gold-trades', () => statement('other.htm', [trade(1, { symbol: 'EURUSD' })])],
    ['not-a-statement', () => write('letter.txt', 'dear diary')],
    ['statement-cut', () => write('cut.htm', metatrader4(TRADES).slice(0, 5_000))],
    ['file-unreadable', () => join(folder, 'nowhere.htm')],
  ])('ends with exit code 1 and what to do next: %s', async (code, file) => {
    const words = ['import', 'trades', file(), ...empty('none')];
    const failed = await cli(...words, '--json');
    expect([failed.code, failed.stdout]).toEqual([1, '']);
    expect(JSON.parse(failed.stderr)).toMatchObject({ error: { code } });
  });
});
