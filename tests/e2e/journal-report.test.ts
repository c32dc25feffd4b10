import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cliProcessJson } from '../support/cli-process.ts';
import { fillWithTrades, GOLD_BARS, tradeOn } from '../support/past-trades.ts';
import { seriousFaults } from './axe.ts';
import { expect, test } from './running-app.ts';

/** What makes the page long: names that fill lines, and trades of which nothing is known. */
const ACCOUNT = 'An account whose owner likes to name it at length, '.repeat(5);
const TRADES = Array.from({ length: 60 }, (_, i) =>
  tradeOn(GOLD_BARS, 300 + i * 20, 18, {
    symbol: i % 2 ? 'XAUUSD' : 'GOLD.spot.with.a.long.name',
    ...(i % 9 === 4 && { closedAt: null, closePrice: null }),
  }),
);

test('the report of past trades prints on one page of A4 and can be read by all', async ({
  dataFolder,
  page,
}) => {
  fillWithTrades(dataFolder, TRADES, GOLD_BARS, ACCOUNT);
  const file = join(dataFolder, 'report.html');
  const words = ['--account', ACCOUNT, '--equity', '150', '--stop-out', 'equity:0.8'];
  await cliProcessJson('export', 'journal', '--out', file, ...words, '--data', dataFolder);
  await page.goto(pathToFileURL(file).href);
  await expect(page.getByRole('row')).toHaveCount(11);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousFaults(page)).toEqual([]);
  }
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  expect(/\/MediaBox\s*\[0 0 (\d+)\S* (\d+)/.exec(pdf)!.slice(1)).toEqual(['594', '841']);
});
