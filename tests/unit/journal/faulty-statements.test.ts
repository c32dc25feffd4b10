import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { faultOf, type Fault } from '../../../src-main/contract/errors.ts';
import { readStatement } from '../../../src-main/journal/formats/read-statement.ts';
import { barsAt, bytesOf, goldTimes, metatrader5Lines } from '../../support/candle-files.ts';
import {
  metatrader4,
  metatrader5Page,
  ownCsv,
  trade,
  workbook,
} from '../../support/statement-files.ts';

function faultIn(file: string | Uint8Array): Fault | null {
  try {
    readStatement(typeof file === 'string' ? bytesOf(file) : file);
    return null;
  } catch (error) {
    return faultOf(error);
  }
}

const reasonsIn = (text: string) =>
  readStatement(bytesOf(text)).skipped.map(({ reason }) => reason);
const LINE = '1,GOLD,long,2,2023-03-01 10:00,1850,2023-03-01 15:30,1853.5,0,0,7.00,mine';

describe('a file that is no statement', () => {
  it.each([
    ['an empty file', ''],
    ['a letter', 'dear diary'],
    ['another table', '<html><body><table><tr><td>1</td></tr></table></body></html>'],
    ['candles', metatrader5Lines(barsAt(goldTimes('2023-03-01', '2023-03-02'))).join('\n')],
    ['trades under unknown headings', 'Symbole;Sens;Lots\nXAUUSD;achat;0.02\n'],
    ['bytes of something else', Uint8Array.from({ length: 4096 }, (_, i) => (i * 89) % 256)],
    ['another zip', zipSync({ 'readme.txt': bytesOf('hello') })],
  ])('is refused: %s', (_, file) => {
    expect(faultIn(file)?.code).toBe('not-a-statement');
  });

  it('is refused with what it begins with, and what to do', () => {
    const fault = faultIn('time,open,high,low,close\n2023-03-01,1,2,0,1\n')!;
    expect(fault.happened).toContain('"time, open, high, low, close"');
    expect(fault.next).toContain('STATEMENTS.md');
  });
});

describe('a statement that was cut off', () => {
  const page = metatrader4(Array.from({ length: 20 }, (_, i) => trade(i + 10)));

  it('is refused wherever in its rows it breaks off', () => {
    const [from, to] = [page.indexOf('<tr'), page.lastIndexOf('</table>')];
    for (let length = from + 4; length < to; length += 97) {
      expect([length, faultIn(page.slice(0, length))?.code]).toEqual([length, 'statement-cut']);
    }
    expect(faultIn(page)).toBeNull();
  });

  it('is refused as a report of MetaTrader 5, as a page and as a workbook', () => {
    const report = metatrader5Page([trade(20), trade(21)]);
    expect(faultIn(report.slice(0, report.indexOf('21')))?.code).toBe('statement-cut');
    const book = workbook([['Positions']], 'utf-8');
    expect(faultIn(book.subarray(0, book.length / 2))?.code).toBe('statement-cut');
  });

  it('is refused as a CSV with half a last line', () => {
    const whole = ownCsv([LINE, LINE]).trimEnd();
    expect(faultIn(whole)).toBeNull();
    for (const lost of ['mine', '7.00,mine', '15:30,1853.5,0,0,7.00,mine']) {
      const text = whole.slice(0, -lost.length - 1);
      expect(faultIn(text)?.code).toBe('statement-cut');
      expect(faultIn(text)?.happened).toContain('row 3');
    }
  });

  it('is read where only a line inside is short: this row is said to be unreadable', () => {
    expect(reasonsIn(ownCsv(['1,GOLD,long,2,2023-03-01 10:00,1850', LINE]))).toEqual([
      'unreadable',
    ]);
  });
});

describe('a statement in other words than buy and sell', () => {
  it('is refused with the words', () => {
    const page = metatrader4([trade(10, { type: 'achat' }), trade(11, { type: 'vente' })]);
    expect(faultIn(page)).toMatchObject({
      code: 'statement-words',
      happened: expect.stringContaining('achat, vente') as string,
    });
    const report = metatrader5Page([trade(20, { type: 'achat' })]);
    expect(faultIn(report)?.code).toBe('statement-words');
  });

  it('is read where some are known; the other rows are named', () => {
    expect(reasonsIn(metatrader4([trade(10), trade(11, { type: 'achat' })]))).toEqual([
      'balance',
      'unknown-type',
    ]);
  });
});

describe('more than one account in a file', () => {
  it.each([
    [
      'two currencies',
      metatrader4([trade(10)]) + metatrader4([trade(11)], '', { currency: 'USD' }),
    ],
    ['two accounts', metatrader4([trade(10)]) + metatrader4([trade(11)], '', { account: '42' })],
    [
      'two currencies in a column',
      ownCsv([`${LINE},EUR`, `${LINE},USD`], `${ownCsv([]).trim()},currency`),
    ],
    ['times of two clocks', ownCsv([LINE, LINE.replaceAll(':00,', ':00Z,')])],
  ])('is refused: %s', (_, file) => {
    expect(faultIn(file)?.code).toBe('statements-mixed');
  });
});

describe('what a statement need not have', () => {
  it.each(['', '0000000', 'XXXX', '****'])('an account that is named: "%s"', (account) => {
    const read = readStatement(bytesOf(metatrader4([trade(10)], '', { account })));
    expect(read.account).toBe('');
    expect(read.closed).toHaveLength(1);
  });

  it('closed trades: open ones are told alone', () => {
    const read = readStatement(bytesOf(metatrader4([trade(10, { closed: '' })])));
    expect([read.closed.length, read.open.length]).toEqual([0, 1]);
  });
});

describe('a field that cannot be read', () => {
  it.each([
    ['a ticket', { ticket: NaN }],
    ['a time of entry', { opened: '2023.13.01 10:00:00' }],
    ['a time of close', { closed: 'soon' }],
    ['a close before the entry', { closed: '2023.02.28 10:00:00' }],
    ['a size with a decimal comma', { lots: '0,015' }],
    ['a price that is none', { open: '0.00' }],
  ])('leaves its row out by name: %s', (_, changes) => {
    const made = [trade(10, { ...changes, symbol: 'XAUUSD' })];
    expect(reasonsIn(metatrader4(made))).toEqual(['balance', 'unreadable']);
    expect(reasonsIn(metatrader5Page([trade(9), ...made]))).toContain('unreadable');
  });
});
