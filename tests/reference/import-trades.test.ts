import { expect, it } from 'vitest';
import { cliJson } from '../support/cli.ts';
import { dataFolder } from '../support/data-folder.ts';
import { describeShared, sharedFile } from '../support/shared.ts';

interface Told {
  readonly closed: number;
  readonly open: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly clock: { readonly name: string; readonly shown: { readonly share: number } } | null;
  readonly stopOuts: readonly unknown[];
}

const statement = (name: string) => sharedFile(`data/statements/${name}`);

/** Closed, open, and the rows that are left out by reason. */
const FILES: [string, number, number, Record<string, number>][] = [
  ['mt4_Statement_622gold_commission.htm', 622, 0, { balance: 1, 'cancelled-order': 687 }],
  [
    'mt4_DetailedStatement_GBK_407gold.htm',
    407,
    0,
    { balance: 3, 'other-symbol': 15, 'cancelled-order': 430 },
  ],
  [
    'mt4_DetailedStatement_238gold_stopouts.htm',
    238,
    0,
    { balance: 126, 'other-symbol': 1854, 'cancelled-order': 9 },
  ],
  [
    'mt4_DetailedStatement_45gold_multilot.htm',
    41,
    4,
    { balance: 3, 'other-symbol': 257, 'cancelled-order': 792 },
  ],
  ['mt5_ReportHistory_positions_32gold.csv', 32, 0, { balance: 1 }],
];

describeShared('import trades, on real statements', () => {
  it.each(FILES)('%s', async (name, closed, open, skipped) => {
    const words = ['import', 'trades', statement(name), '--data', dataFolder()];
    const told = await cliJson<Told>(...words);
    const clock = { name: 'new-york-close', isAssumed: true, shown: null };
    expect(told).toMatchObject({ closed, open, added: closed + open, clock });
    expect(told.skipped).toEqual(skipped);
    expect(await cliJson(...words)).toMatchObject({ added: 0, known: closed + open });
  });

  it('tells the clock from the bars that are stored', async () => {
    const data = ['--data', dataFolder()];
    const bars = [sharedFile('data/XAUUSD_H1.csv'), '--symbol', 'XAUUSD'];
    await cliJson('import', 'candles', ...bars, ...data);
    const file = statement('mt4_DetailedStatement_238gold_stopouts.htm');
    const { clock, stopOuts } = await cliJson<Told>('import', 'trades', file, ...data);
    expect(clock).toMatchObject({
      name: 'new-york-close',
      shown: { series: 'XAUUSD_H1', fills: 476 },
    });
    expect(clock!.shown.share).toBeGreaterThan(0.95);
    expect(stopOuts).toHaveLength(13);
  });
});
