import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readStatement } from '../../src-main/journal/read-statement.ts';
import { describeShared, sharedFile } from '../support/shared.ts';

/** Closed and open trades of gold, as their README says. */
const FILES = {
  'mt4_Statement_622gold_commission.htm': [622, 0],
  'mt4_DetailedStatement_GBK_407gold.htm': [407, 0],
  'mt4_DetailedStatement_238gold_stopouts.htm': [238, 0],
  'mt4_DetailedStatement_45gold_multilot.htm': [41, 4],
  'mt5_ReportHistory_positions_32gold.csv': [32, 0],
} as const;
const OUNCES_OF_A_LOT = 100;

describeShared('real statements', () => {
  const read = (name: string) =>
    readStatement(readFileSync(sharedFile(`data/statements/${name}`)));

  it.each(Object.entries(FILES))('%s is read whole', (name, [closed, open]) => {
    const statement = read(name);
    expect([statement.closed.length, statement.open.length]).toEqual([closed, open]);
    expect(statement.currency).toBe('USD');
    expect(statement.skipped.filter(({ reason }) => reason === 'unreadable')).toEqual([]);
    expect(new Set(statement.closed.map(({ ticket }) => ticket)).size).toBe(closed);
  });

  it.each(Object.keys(FILES))('%s: profit is the change of price times the size', (name) => {
    for (const { direction, openPrice, closePrice, size, profit, ticket } of read(name).closed) {
      const change = direction === 'long' ? closePrice - openPrice : openPrice - closePrice;
      expect(Math.abs(change * size * OUNCES_OF_A_LOT - profit), ticket).toBeLessThan(0.0101);
    }
  });

  it('holds 13 stop-outs of an account that is closed under a margin level of 60%', () => {
    const { stopOuts, closed } = read('mt4_DetailedStatement_238gold_stopouts.htm');
    expect(stopOuts).toHaveLength(13);
    expect(closed.filter(({ stopOut }) => stopOut !== null)).toHaveLength(4);
    for (const { marginLevel, equity, usedMargin } of stopOuts) {
      expect(marginLevel).toBeLessThanOrEqual(0.6);
      // Both are told to a tenth of a dollar, which is much of an account of 15 dollars.
      const [least, most] = [
        (equity - 0.06) / (usedMargin + 0.06),
        (equity + 0.06) / (usedMargin - 0.06),
      ];
      expect(marginLevel).toBeGreaterThan(least - 0.001);
      expect(marginLevel).toBeLessThan(most + 0.001);
    }
  });
});
