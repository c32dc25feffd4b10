import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { Bars } from '../../src-main/domain/bars/bars.ts';
import { fillsOf } from '../../src-main/journal/clock/clock-fit.ts';
import { readStatement } from '../../src-main/journal/formats/read-statement.ts';
import { inferStatementClock } from '../../src-main/journal/clock/statement-clock.ts';
import { readCandles } from '../../src-main/market/read-candles.ts';
import { describeShared, sharedFile } from '../support/shared.ts';

const BARS = {
  H1: 'data/XAUUSD_H1.csv',
  M1: 'data/candles/mt5_M1_XAUUSD_2026-02.csv',
} as const;

/** Fills that the bars cover, and the largest share of them that any clock of other times has inside. */
const COVERED = [
  ['H1', 'mt4_DetailedStatement_238gold_stopouts.htm', 476, 0.88],
  ['M1', 'mt4_DetailedStatement_GBK_407gold.htm', 116, 0.2],
  ['M1', 'mt4_Statement_622gold_commission.htm', 137, 0.2],
] as const;

const NOT_COVERED = [
  ['H1', 'mt4_DetailedStatement_45gold_multilot.htm'],
  ['H1', 'mt5_ReportHistory_positions_32gold.csv'],
  ['M1', 'mt4_DetailedStatement_238gold_stopouts.htm'],
] as const;

describeShared('the clock of real statements', () => {
  const bars = {} as Record<keyof typeof BARS, Bars>;

  beforeAll(() => {
    for (const step of ['H1', 'M1'] as const) {
      const file = readFileSync(sharedFile(BARS[step]));
      bars[step] = readCandles(file, step, { symbol: 'XAUUSD', clock: 'new-york-close' }).bars!;
    }
  });

  const clockBy = (step: keyof typeof BARS, name: string) => {
    const statement = readStatement(readFileSync(sharedFile(`data/statements/${name}`)));
    return inferStatementClock(fillsOf(statement), bars[step]);
  };

  it.each(COVERED)('is New York + 7 h by %s bars: %s', (step, name, fills, nextShare) => {
    const found = clockBy(step, name);
    expect(found).toMatchObject({ clock: 'new-york-close', fills });
    expect(found.share).toBeGreaterThan(0.95);
    expect(found.next!.share).toBeLessThan(nextShare);
  });

  it.each(NOT_COVERED)('is left open where %s bars cover no fill: %s', (step, name) => {
    expect(clockBy(step, name)).toMatchObject({ clock: null, fills: 0 });
  });
});
