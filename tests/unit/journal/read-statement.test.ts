import { describe, expect, it } from 'vitest';
import { readStatement } from '../../../src-main/journal/read-statement.ts';
import { isGold } from '../../../src-main/journal/statement.ts';
import { bytesOf } from '../../support/candle-files.ts';
import { metatrader4, metatrader5Page, trade } from '../../support/statement-files.ts';

const at = (iso: string) => Date.parse(`${iso}Z`) / 1000;

describe('a statement of MetaTrader 4', () => {
  it('gives each closed trade of gold as it stands there, in the account’s currency', () => {
    const read = readStatement(bytesOf(metatrader4([trade(10), trade(11, { type: 'sell' })])))!;
    expect(read).toMatchObject({
      format: 'MetaTrader 4 statement',
      account: '4711',
      currency: 'EUR',
      open: [],
    });
    expect(read.closed[0]).toEqual({
      ticket: '10',
      symbol: 'xauusd.',
      direction: 'long',
      lots: 0.02,
      openedAt: at('2023-03-01T10:00:00'),
      openPrice: 1850,
      stopLoss: null,
      takeProfit: null,
      commission: -0.14,
      swap: -0.3,
      profit: 7,
      comment: '',
      row: 4,
      closedAt: at('2023-03-01T15:30:00'),
      closePrice: 1853.5,
      stopOut: null,
    });
    expect(read.closed[1]).toMatchObject({ ticket: '11', direction: 'short' });
  });

  it('says why each other row is left out', () => {
    const rows = [
      trade(10, { symbol: 'eurusd' }),
      trade(11, { type: 'buy stop', profit: 'cancelled' }),
      trade(12, { open: 'n/a' }),
      trade(13, { closed: '2023.02.31 10:00:00' }),
      trade(14, { closed: '' }),
    ];
    const read = readStatement(bytesOf(metatrader4(rows)))!;
    expect(read.closed).toEqual([]);
    expect(read.open.map(({ ticket }) => ticket)).toEqual(['14']);
    expect(read.skipped.map(({ reason, text }) => [reason, text.split(' ')[0]])).toEqual([
      ['balance', '1'],
      ['other-symbol', '10'],
      ['cancelled-order', '11'],
      ['unreadable', '12'],
      ['unreadable', '13'],
    ]);
  });

  it('knows a stop-out by its comment, of every symbol', () => {
    const comment = 'so: 59.7%/15.0/25.2';
    const rows = [trade(10, { comment }), trade(11, { comment, symbol: 'wst30_m' }), trade(12)];
    const read = readStatement(bytesOf(metatrader4(rows)))!;
    expect(read.closed.map(({ stopOut }) => stopOut)).toEqual([
      { marginLevel: 0.597, equity: 15, usedMargin: 25.2 },
      null,
    ]);
    expect(read.stopOuts).toHaveLength(2);
  });

  it('is read in any language and charset', () => {
    const text = metatrader4([trade(10)], 'Закрытые сделки:');
    const ascii = metatrader4([trade(10)], '@@@');
    const [before, after] = ascii.split('@@@').map((part) => Buffer.from(part, 'latin1'));
    // "Closed trades" in GBK and in Windows-1251: neither is valid UTF-8.
    const gbk = Buffer.concat([before!, Buffer.from('d2d1c6bdb2d6bdbbd2d7', 'hex'), after!]);
    const cyrillic = Buffer.concat([before!, Buffer.from('c7e0eaf0fbf2fbe5', 'hex'), after!]);
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const file of [bytesOf(text), gbk, cyrillic, utf16, utf16.subarray(2)]) {
      expect(readStatement(file)?.closed).toHaveLength(1);
    }
  });
});

describe('a trade history report of MetaTrader 5', () => {
  const rows = [
    trade(20, { symbol: 'XAUUSD', open: '1 850.00', close: '1 853.50', profit: '1 007.00' }),
    trade(21, { symbol: 'XAUUSD', profit: '- 3.00' }),
    trade(22, { symbol: 'XAGUSD' }),
  ];

  it('gives its positions, and neither its orders nor its deals', () => {
    const page = metatrader5Page(rows);
    for (const file of [bytesOf(page), Buffer.from(`\ufeff${page}`, 'utf16le')]) {
      const read = readStatement(file)!;
      expect(read).toMatchObject({ account: '4711', currency: 'USD' });
      expect(read.closed.map(({ ticket, profit }) => [ticket, profit])).toEqual([
        ['20', 1007],
        ['21', -3],
      ]);
      expect(read.closed[0]).toMatchObject({
        openPrice: 1850,
        closePrice: 1853.5,
        takeProfit: 1900,
        stopLoss: null,
        commission: -0.14,
      });
      expect(read.skipped.map(({ reason }) => reason)).toEqual(['other-symbol', 'balance']);
    }
  });

  it('is read as a CSV with detached signs and thousands', () => {
    const lines = [
      'Trade History Report,,',
      'Account:,,,"4711 (USD, Broker-Demo, demo, Hedge)",',
      'Time,Position,Symbol,Type,Volume,Price,S / L,T / P,Time,Price,Commission,Swap,Profit,',
      '2023.03.01 10:00:00,20,XAUUSD,buy,0.02,1 850.00,,,2023.03.01 15:30:00,1 853.50,- 0.14,0.00, 7.00,',
    ];
    const read = readStatement(bytesOf(lines.join('\r\n')))!;
    expect(read.closed).toMatchObject([{ ticket: '20', profit: 7, commission: -0.14 }]);
    expect(read.account).toBe('4711');
  });
});

describe('a file that is no statement', () => {
  it.each(['', 'dear diary', '<html><body><table><tr><td>1</td></tr></table></body></html>'])(
    'is not read as one: "%s"',
    (text) => {
      expect(readStatement(bytesOf(text))).toBeNull();
    },
  );

  it('is not read as one where it is bytes of something else', () => {
    expect(readStatement(Uint8Array.from({ length: 4096 }, (_, i) => (i * 89) % 256))).toBeNull();
  });
});

it('knows gold by the names that brokers give it', () => {
  for (const name of ['XAUUSD', 'xauusd', 'xauusd.', 'XAUUSD@', 'GOLD', 'XAUUSDm', 'XAUUSD.ecn']) {
    expect([name, isGold(name)]).toEqual([name, true]);
  }
  for (const name of ['XAGUSD', 'XAUEUR', 'GOLDMANSACHS', 'EURUSD', '']) {
    expect([name, isGold(name)]).toEqual([name, false]);
  }
});
