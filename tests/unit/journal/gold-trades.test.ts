import { describe, expect, it } from 'vitest';
import { faultOf } from '../../../src-main/contract/errors.ts';
import type { Ounces } from '../../../src-main/domain/units.ts';
import { goldTrades, inUtc } from '../../../src-main/journal/statements/gold-trades.ts';
import { readStatement } from '../../../src-main/journal/formats/read-statement.ts';
import { at, bytesOf } from '../../support/candle-files.ts';
import { metatrader4, ownCsv, trade, type MadeTrade } from '../../support/statement-files.ts';

const inUsd = (trades: readonly MadeTrade[]) =>
  bytesOf(metatrader4(trades, '', { currency: 'USD' }));
const gold = (file: Uint8Array, contract: number | null = null, names: string[] = []) =>
  goldTrades(readStatement(file, names), contract as Ounces | null);

/** Bought at 1850.00, sold at 1853.50, so that each ounce earned 3.50. */
const bought = (ticket: number, lots: string, profit: string, symbol = 'xauusd.') =>
  trade(ticket, { lots, profit, symbol });

describe('the size of a trade', () => {
  it('is its lots by 100 oz, closed or open, without a drift of digits', () => {
    const { closed, open } = gold(
      inUsd([bought(10, '0.07', '24.50'), bought(11, '1.10', '385.00'), trade(12, { closed: '' })]),
    );
    expect(closed.map(({ ounces }) => ounces)).toEqual([7, 110]);
    expect(open.map(({ ounces }) => ounces)).toEqual([2]);
  });

  it('is by the contract that the profits show: here a micro one of 10 oz, for its symbol alone', () => {
    const trades = [
      bought(10, '0.10', '3.50', 'GOLDmicro'),
      bought(11, '0.30', '10.50', 'GOLDmicro'),
      bought(12, '0.02', '7.00'),
      bought(13, '0.02', '7.00'),
    ];
    const { closed, contracts } = gold(inUsd(trades));
    expect(closed.map(({ ounces }) => ounces)).toEqual([1, 3, 2, 2]);
    expect(contracts).toMatchObject([
      { symbol: 'GOLDmicro', ounces: 10, source: 'profits' },
      { symbol: 'xauusd.', ounces: 100, source: 'profits' },
    ]);
    expect(contracts[0]!.evidence).toBe('2 of 2 profits are the move × size × 10.');
  });

  it('is by the contract that is given, which is told where the profits show another', () => {
    const file = inUsd([bought(10, '0.02', '7.00'), bought(11, '0.02', '7.00')]);
    const { closed, contracts } = gold(file, 10);
    expect(closed[0]!.ounces).toBe(0.2);
    expect(contracts).toMatchObject([
      { source: 'given', evidence: 'As given; but 2 of 2 profits are the move × size × 100.' },
    ]);
    expect(gold(file, 100).contracts[0]!.evidence).toBe('As given.');
  });

  it('is the usual one where the profits are in another currency, too few, or do not agree', () => {
    const two = [bought(10, '0.02', '0.70'), bought(11, '0.02', '0.70')];
    const inEuro = gold(bytesOf(metatrader4(two)));
    expect(inEuro.contracts).toMatchObject([{ ounces: 100, source: 'standard' }]);
    expect(inEuro.contracts[0]!.evidence).toContain('profits in EUR do not show it');
    expect(inEuro.closed[0]!.profit).toBe(0.7);
    for (const trades of [[bought(10, '0.02', '0.70')], [two[0]!, bought(11, '0.02', '7.00')]]) {
      expect(gold(inUsd(trades)).contracts).toMatchObject([{ ounces: 100, source: 'standard' }]);
    }
  });

  it('is in ounces where the file tells ounces, whatever the contract', () => {
    const line = '1,GOLD,long,2,2023-03-01 10:00,1850,2023-03-01 15:30,1853.5,0,0,7.00,';
    const { closed, contracts } = gold(bytesOf(ownCsv([line])), 10);
    expect(closed[0]!.ounces).toBe(2);
    expect(contracts).toMatchObject([{ unit: 'ounces', ounces: 1, source: 'file' }]);
  });

  it('is doubted where the profits say that the ounces are lots', () => {
    const line = '0.02,GOLD,long,2023-03-01 10:00,1850,2023-03-01 15:30,1853.5,7.00,USD';
    const columns =
      'size_oz,symbol,side,entry_time,entry_price,exit_time,exit_price,profit,currency';
    const { contracts } = gold(bytesOf(ownCsv([line, line], columns)));
    expect(contracts[0]!.evidence).toBe(
      'The file tells ounces; but 2 of 2 profits are the move × size × 100.',
    );
  });
});

describe('what is gold', () => {
  const trades = [trade(10, { symbol: 'XGLD.b' }), trade(11, { symbol: 'EURUSD' })];

  it('may be said by the trader', () => {
    const { closed, skipped } = gold(inUsd(trades), null, ['xgld.b']);
    expect(closed.map(({ ticket }) => ticket)).toEqual(['10']);
    expect(skipped['other-symbol']).toMatchObject([{ symbol: 'EURUSD' }]);
  });

  it('is asked for by the symbols that are there, where none is gold', () => {
    const fault = (file: Uint8Array) => {
      try {
        return gold(file);
      } catch (error) {
        return faultOf(error);
      }
    };
    expect(fault(inUsd(trades))).toMatchObject({
      code: 'no-gold-trades',
      happened: expect.stringContaining('XGLD.b, EURUSD') as string,
    });
    expect(fault(inUsd([]))).toMatchObject({
      code: 'no-gold-trades',
      happened: expect.stringContaining('no trades at all') as string,
    });
    expect(fault(inUsd([trade(10, { open: '?' })]))).toMatchObject({ closed: [], open: [] });
  });
});

it('puts times into UTC by the clock, winter and summer', () => {
  const summer = { opened: '2023.07.03 10:00:00', closed: '2023.07.03 15:30:00' };
  const read = gold(inUsd([trade(10), trade(11, summer), trade(12, { closed: '' })]));
  const { closed, open } = inUtc(read, 'new-york-close');
  expect(closed.map(({ openedAt, closedAt }) => [openedAt, closedAt])).toEqual([
    [at('2023-03-01 08:00:00'), at('2023-03-01 13:30:00')],
    [at('2023-07-03 07:00:00'), at('2023-07-03 12:30:00')],
  ]);
  expect(inUtc(read, '-05:00').open[0]!.openedAt).toBe(at('2023-03-01 15:00:00'));
  expect(open[0]!.openedAt).toBe(at('2023-03-01 08:00:00'));
});
