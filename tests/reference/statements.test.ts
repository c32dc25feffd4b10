import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { liquidationLoss } from '../../src-main/domain/account/broker.ts';
import { goldTrades } from '../../src-main/journal/statements/gold-trades.ts';
import { readStatement } from '../../src-main/journal/formats/read-statement.ts';
import type { Fraction, Money, Ounces, UsdPerOunce } from '../../src-main/domain/units.ts';
import { describeShared, sharedFile } from '../support/shared.ts';

/** Closed and open trades of gold, as their README says. */
const FILES = {
  'mt4_Statement_622gold_commission.htm': [622, 0],
  'mt4_DetailedStatement_GBK_407gold.htm': [407, 0],
  'mt4_DetailedStatement_238gold_stopouts.htm': [238, 0],
  'mt4_DetailedStatement_45gold_multilot.htm': [41, 4],
  'mt5_ReportHistory_positions_32gold.csv': [32, 0],
} as const;

const read = (name: string) => readStatement(readFileSync(sharedFile(`data/statements/${name}`)));

describeShared('real statements', () => {
  it.each(Object.entries(FILES))('%s is read whole', (name, [closed, open]) => {
    const statement = read(name);
    expect([statement.closed.length, statement.open.length]).toEqual([closed, open]);
    // Their accounts are masked: by zeros, or left out.
    expect([statement.account, statement.currency]).toEqual(['', 'USD']);
    const reasons = statement.skipped.map(({ reason }) => reason);
    expect(reasons).not.toContain('unreadable');
    expect(reasons).not.toContain('unknown-type');
    expect(new Set(statement.closed.map(({ ticket }) => ticket)).size).toBe(closed);
  });

  it.each(Object.keys(FILES))('%s: every profit shows a contract of 100 oz', (name) => {
    const { closed, contracts } = goldTrades(read(name), null);
    expect(contracts).toMatchObject([{ ounces: 100, source: 'profits' }]);
    expect(contracts[0]!.evidence).toContain(`${closed.length} of ${closed.length} profits`);
    for (const { direction, openPrice, closePrice, ounces, profit, ticket } of closed) {
      const change = direction === 'long' ? closePrice - openPrice : openPrice - closePrice;
      expect(Math.abs(change * ounces - profit), ticket).toBeLessThan(0.0101);
    }
  });

  it.each(Object.keys(FILES).filter((name) => name.endsWith('.htm')))(
    '%s: cut off anywhere, it is refused',
    (name) => {
      const file = readFileSync(sharedFile(`data/statements/${name}`));
      for (const share of [0.01, 0.3, 0.6, 0.9]) {
        const part = file.subarray(0, file.length * share);
        expect(() => readStatement(part), String(share)).toThrow('cut off');
      }
    },
  );
});

describeShared('the stop-outs of a real account that is closed under a margin level of 60%', () => {
  /** Equity and margin are told to a tenth of a dollar, which is much of an account of 15 dollars. */
  const TENTH = 0.051;
  const level = 0.6 as Fraction;
  const stopOuts = () => read('mt4_DetailedStatement_238gold_stopouts.htm').stopOuts;

  it('are 13, of which 4 are gold', () => {
    const { closed } = read('mt4_DetailedStatement_238gold_stopouts.htm');
    expect(stopOuts()).toHaveLength(13);
    expect(closed.filter(({ stopOut }) => stopOut !== null)).toHaveLength(4);
  });

  it('come at a margin level of equity over used margin, at 60% or under', () => {
    for (const { marginLevel, equity, usedMargin } of stopOuts()) {
      expect(marginLevel).toBeLessThanOrEqual(level);
      expect(marginLevel).toBeGreaterThan((equity - TENTH) / (usedMargin + TENTH) - 0.0005);
      expect(marginLevel).toBeLessThan((equity + TENTH) / (usedMargin - TENTH) + 0.0005);
    }
  });

  it('are liquidations by the rule of margin level, and were none a little before', () => {
    const [size, price, leverage] = [0.15 as Ounces, 1 as UsdPerOunce, 1_000_000];
    // Loss that the account can still take; the margin is that of all its positions.
    const loss = (equity: number, usedMargin: number) =>
      liquidationLoss(size, equity as Money, price, {
        leverage,
        stopOut: { kind: 'margin', level },
        otherMargin: usedMargin as Money,
      });
    for (const { marginLevel, equity, usedMargin } of stopOuts()) {
      expect(loss(marginLevel * usedMargin, usedMargin)).toBeLessThanOrEqual(0);
      expect(loss(0.61 * usedMargin, usedMargin)).toBeGreaterThan(0);
      // With equity as it is told, but for its tenth.
      expect(loss(equity - TENTH, usedMargin + TENTH)).toBeLessThan(0);
    }
  });

  it('are, for gold, liquidations at the price that the trade was closed at', () => {
    const { closed } = goldTrades(read('mt4_DetailedStatement_238gold_stopouts.htm'), null);
    for (const { stopOut, ounces, closePrice } of closed.filter((trade) => trade.stopOut)) {
      const { equity, usedMargin } = stopOut!;
      // At what leverage does not matter here.
      const leverage = (ounces * closePrice) / usedMargin;
      const rules = {
        leverage,
        stopOut: { kind: 'margin', level },
        otherMargin: 0 as Money,
      } as const;
      const left = liquidationLoss(ounces, equity as Money, closePrice as UsdPerOunce, rules);
      // At most the two tenths, spread over its ounces.
      expect(left * ounces).toBeLessThan(TENTH + level * TENTH);
    }
  });
});
