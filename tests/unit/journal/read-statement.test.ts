import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readStatement } from '../../../src-main/journal/formats/read-statement.ts';
import { isSpot } from '../../../src-main/domain/instrument.ts';
import { bytesOf } from '../../support/candle-files.ts';
import {
  metatrader4,
  metatrader5Page,
  ownCsv,
  trade,
  workbook,
} from '../../support/statement-files.ts';

const at = (iso: string) => Date.parse(`${iso}Z`) / 1000;

describe('a statement of MetaTrader 4', () => {
  it('gives each closed trade of gold as it stands there, in the account’s currency', () => {
    const read = readStatement(bytesOf(metatrader4([trade(10), trade(11, { type: 'sell' })])));
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
      size: 0.02,
      unit: 'lots',
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
    const read = readStatement(bytesOf(metatrader4(rows)));
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
    const read = readStatement(bytesOf(metatrader4(rows)));
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
      expect(readStatement(file).closed).toHaveLength(1);
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
      const read = readStatement(file);
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
    const read = readStatement(bytesOf(lines.join('\r\n')));
    expect(read.closed).toMatchObject([{ ticket: '20', profit: 7, commission: -0.14 }]);
    expect(read.account).toBe('4711');
  });
});

describe('a report of MetaTrader 5 as a workbook', () => {
  const rows = [
    ['Trade History Report'],
    ['Account:', '', '', '4711 (USD, Broker-Demo, demo, Hedge)'],
    ['Positions'],
    ['2023.03.01 10:00:00', '20', 'XAUUSD', 'buy', '0.02', '1850', '', '1900'].concat([
      '2023.03.01 15:30:00',
      '1853.5',
      '-0.14',
      '0',
      '7',
      '',
    ]),
  ];

  it.each(['utf-8', 'utf-16'] as const)('is read with its parts in %s', (charset) => {
    const read = readStatement(workbook(rows, charset));
    expect(read).toMatchObject({ account: '4711', currency: 'USD' });
    expect(read.closed).toMatchObject([
      {
        ticket: '20',
        openPrice: 1850,
        closePrice: 1853.5,
        takeProfit: 1900,
        stopLoss: null,
        profit: 7,
      },
    ]);
  });
});

describe('the history of cTrader', () => {
  it('is read with the clock and the currency that its headings name', () => {
    const lines = [
      'Symbol,Opening direction,Opening time (UTC-5),Closing time (UTC-5),Entry price,Closing price,Closing Quantity,Commissions,Swap,Net EUR,Balance EUR,Position ID',
      'XAUUSD,Buy,2023-03-01 10:00:00.123,2023-03-01 15:30:00.456,1850,1853.5,0.02 Lots,-0.14,-0.30,6.56,506.56,31',
      'XAUUSD,Sell,2023-03-01 10:00:00,2023-03-01 15:30:00,1853.5,1850,10 oz,0,0,35,541.56,32',
      'EURUSD,Sell,2023-03-01 10:00:00,2023-03-01 15:30:00,1.05,1.04,0.10 Lots,0,0,100,641.56,33',
    ];
    const read = readStatement(bytesOf(lines.join('\n')));
    expect(read).toMatchObject({
      format: 'cTrader history',
      currency: 'EUR',
      clockOffset: -5 * 3600,
    });
    expect(read.closed).toMatchObject([
      {
        ticket: '31',
        direction: 'long',
        size: 0.02,
        unit: 'lots',
        openedAt: at('2023-03-01T10:00:00'),
      },
      { ticket: '32', direction: 'short', size: 10, unit: 'ounces', profit: 35 },
    ]);
    expect(read.closed[0]!.profit).toBeCloseTo(7, 9);
    expect(read.skipped).toMatchObject([{ reason: 'other-symbol', row: 4 }]);
  });
});

describe('times that end with the year', () => {
  const HEAD =
    'Symbol,Opening direction,Opening time,Closing time,Entry price,Closing price,Closing Quantity,Net USD,ID';
  const read = (...times: readonly (readonly [string, string])[]) =>
    readStatement(
      bytesOf(
        [
          HEAD,
          ...times.map(
            ([opened, closed], i) =>
              `XAUUSD,Buy,"${opened}","${closed}",1850,1851,0.01 Lots,1,${i}`,
          ),
        ].join('\n'),
      ),
    );
  const opened = (...times: readonly (readonly [string, string])[]) =>
    read(...times).closed.map(({ openedAt }) =>
      new Date(openedAt * 1000).toISOString().slice(0, 16),
    );

  it('have the day first where a first number is over 12, in every row', () => {
    expect(
      opened(
        ['01/03/2023 10:00:00.123', '01/03/2023 15:30:00'],
        ['28/02/2023 10:00', '28/02/2023 11:00'],
      ),
    ).toEqual(['2023-03-01T10:00', '2023-02-28T10:00']);
  });

  it('have the month first where a second one is', () => {
    expect(
      opened(
        ['03/01/2023 9:05 PM', '03/01/2023 11:30 PM'],
        ['2/28/2023 12:30 AM', '2/28/2023 1:00 AM'],
      ),
    ).toEqual(['2023-03-01T21:05', '2023-02-28T00:30']);
  });

  it('are read so that trades close after they opened, and soon', () => {
    expect(opened(['05.03.2023 10:00', '07.03.2023 10:00'])).toEqual(['2023-03-05T10:00']);
    expect(opened(['03.05.2023 10:00', '03.07.2023 10:00'])).toEqual(['2023-03-05T10:00']);
    expect(opened(['05/09/2023 10:00', '04/10/2023 10:00'])).toEqual(['2023-09-05T10:00']);
  });

  it('have the day first where nothing tells', () => {
    expect(opened(['04/03/2023 10:00', '04/03/2023 11:00'])).toEqual(['2023-03-04T10:00']);
  });

  it('cannot be read where one order does not do for all', () => {
    const { closed, skipped } = read(
      ['28/02/2023 10:00', '28/02/2023 11:00'],
      ['02/28/2023 10:00', '02/28/2023 11:00'],
    );
    expect([closed.length, skipped.map(({ reason }) => reason)]).toEqual([1, ['unreadable']]);
  });
});

describe('Size Picker’s own CSV', () => {
  const read = (...lines: string[]) => readStatement(bytesOf(ownCsv(lines)));

  it('is read in ounces, with open trades and stop-outs', () => {
    const { closed, open, stopOuts, format, clockOffset } = read(
      '1,GOLD,long,2,2023-03-01 10:00,1850,2023-03-01 15:30,1853.5,0,0,7.00,"a note, quoted"',
      '2,GOLD,short,0.15,2023-03-01T10:00:00,1850,2023-03-02 15:30,1900,,,-7.50,so: 29.9%/3.0/10.0',
      '3,GOLD,long,2,2023-03-01 10:00,1850,,,,,,',
    );
    expect([format, clockOffset]).toEqual(['Size Picker CSV', null]);
    expect(closed).toMatchObject([
      { ticket: '1', size: 2, unit: 'ounces', profit: 7, comment: 'a note, quoted', stopOut: null },
      { ticket: '2', size: 0.15, stopOut: { marginLevel: 0.299, equity: 3, usedMargin: 10 } },
    ]);
    expect(open).toMatchObject([{ ticket: '3' }]);
    expect(stopOuts).toHaveLength(1);
  });

  it('is read as its documentation shows it', () => {
    const [, example] = /```csv\n([^`]+)```/.exec(readFileSync('.github/STATEMENTS.md', 'utf8'))!;
    const { closed, open, skipped, ...told } = readStatement(bytesOf(example!));
    expect(told).toMatchObject({ account: 'Main', currency: 'USD', clockOffset: 0 });
    expect([closed.length, open.length, skipped.length, told.stopOuts.length]).toEqual([
      2, 1, 0, 1,
    ]);
  });

  it('may be in lots, and name its account, its currency and its clock', () => {
    const columns =
      'account,currency,symbol,direction,lots,entry_time,entry_price,exit_time,exit_price,profit';
    const line = (exit: string) => `A-7,USD,GOLD,buy,0.02,2023-03-01T10:00Z,1850,${exit},1853.5,7`;
    const text = ownCsv([line('2023-03-01T15:30Z'), line('')], columns);
    const { closed, open, ...read } = readStatement(bytesOf(text));
    expect(read).toMatchObject({ account: 'A-7', currency: 'USD', clockOffset: 0 });
    expect(closed).toMatchObject([
      { ticket: 'buy GOLD 2023-03-01T10:00Z at 1850', size: 0.02, unit: 'lots' },
    ]);
    expect(open).toHaveLength(1);
  });

  it('says of each row that cannot be read that it cannot', () => {
    const { closed, skipped } = read(
      '1,GOLD,up,2,2023-03-01 10:00,1850,2023-03-01 15:30,1853.5,0,0,7.00,',
      '2,GOLD,long,-2,2023-03-01 10:00,1850,2023-03-01 15:30,1853.5,0,0,7.00,',
      '3,GOLD,long,2,yesterday,1850,2023-03-01 15:30,1853.5,0,0,7.00,',
      '4,GOLD,long,2,2023-03-01 10:00,1850,2023-03-01 15:30,1853.5,0,0,much,',
    );
    expect(closed).toEqual([]);
    expect(skipped.map(({ reason, row }) => [reason, row])).toEqual(
      [2, 3, 4, 5].map((row) => ['unreadable', row]),
    );
  });
});

it('knows gold by the names that brokers give it', () => {
  const GOLD = [
    'XAUUSD',
    'xauusd.',
    'XAUUSD@',
    'XAU/USD',
    'XAUUSDm',
    'XAUUSDpro',
    'XAUUSD.ecn',
    '#XAUUSD',
  ];
  for (const name of [...GOLD, 'GOLD', 'gold', 'GOLDmicro', 'GOLD#', 'GOLD.spot']) {
    expect([name, isSpot('gold', name)]).toEqual([name, true]);
  }
  for (const name of [
    'XAGUSD',
    'XAUEUR',
    'XAUUSD.EUR',
    'GOLDMANSACHS',
    '#GOLD',
    'GOLD.NYSE',
    'EURUSD',
    '',
  ]) {
    expect([name, isSpot('gold', name)]).toEqual([name, false]);
  }
  const named = bytesOf(metatrader4([trade(10, { symbol: 'XGLD.b' })]));
  expect(readStatement(named).closed).toEqual([]);
  expect(readStatement(named, ['xgld.b ']).closed).toHaveLength(1);
});
