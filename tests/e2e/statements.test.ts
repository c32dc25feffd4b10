import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { goldTimes, serverClock, wanderingBars } from '../support/candle-files.ts';
import { metatrader4, trade, tradesOn, type MadeTrade } from '../support/statement-files.ts';
import { fillWithTrades } from '../support/past-trades.ts';
import { goTo, madeFile } from './screens.ts';
import { expect, test } from './running-app.ts';
import type { Page } from '@playwright/test';

const STATEMENTS = fileURLToPath(new URL('../../../shared/data/statements/', import.meta.url));

const BARS = wanderingBars(goldTimes('2023-01-09', '2023-06-30'));
const TRADES = tradesOn(BARS, 60, serverClock);
const page4 = (rows: readonly MadeTrade[], account: string) =>
  madeFile(`${account}.htm`, metatrader4(rows, '', { account, currency: 'USD' }));

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Import trades' });
const take = (page: Page, files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]) =>
  dialog(page).getByLabel('Statements', { exact: true }).setInputFiles(files);

async function open(page: Page): Promise<void> {
  await goTo(page, 'History');
  await page.getByRole('button', { name: 'Import trades…' }).click();
  await expect(dialog(page)).toBeVisible();
}

test.describe('statements', () => {
  test('come in together; one that is refused is said and stops none of the others', async ({
    dataFolder,
    startApp,
    page,
    complaints,
  }) => {
    fillWithTrades(dataFolder, [], BARS);
    await page.goto((await startApp()).oneTimeAddress);
    await open(page);
    await take(page, [
      page4(TRADES, '1001'),
      page4([...TRADES.slice(0, 9), trade(1, { symbol: 'EURUSD' })], '2002'),
      madeFile('letter.htm', '<html><body>Dear diary</body></html>'),
    ]);
    const of = (name: string) => dialog(page).getByRole('region', { name });
    await expect(of('1001.htm')).toContainText('60 new, 0 known already');
    await expect(of('1001.htm')).toContainText('New York + 7 h');
    await expect(of('2002.htm')).toContainText('1 left out: another symbol');
    await of('2002.htm').getByText('1 left out: another symbol').click();
    await expect(of('2002.htm')).toContainText('EURUSD');
    await expect(of('letter.htm').getByRole('alert')).toBeVisible();
    await expect(dialog(page)).toContainText('1 cannot be read and is left out.');
    await dialog(page).getByRole('button', { name: 'Import 69 trades from 2 files' }).click();
    await expect(page.getByRole('status').filter({ hasText: '69 trades imported' })).toBeVisible();
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
    await expect(page.getByRole('grid', { name: 'Past trades' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Results' })).toContainText(/69\s*of 69/);

    // The same again adds nothing, and an import is undone in its list.
    await page.getByRole('button', { name: 'Import trades…' }).click();
    await take(page, [page4(TRADES, '1001')]);
    await expect(of('1001.htm')).toContainText('0 new, 60 known already');
    await dialog(page).getByRole('button', { name: 'Undo the import of 2002.htm' }).click();
    await expect(dialog(page).getByText('undone')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('region', { name: 'Results' })).toContainText(/60\s*of 60/);
    expect(complaints).toEqual([]);
  });

  test('of real brokers are taken whole', async ({ desk: page, complaints }) => {
    test.skip(!existsSync(STATEMENTS), 'the real statements are not beside the project');
    await open(page);
    const names = [
      'mt4_Statement_622gold_commission.htm',
      'mt4_DetailedStatement_GBK_407gold.htm',
      'mt4_DetailedStatement_238gold_stopouts.htm',
      'mt4_DetailedStatement_45gold_multilot.htm',
      'mt5_ReportHistory_positions_32gold.csv',
    ];
    await take(
      page,
      names.map((name) => `${STATEMENTS}${name}`),
    );
    const all = 622 + 407 + 238 + 45 + 32;
    await dialog(page)
      .getByRole('button', { name: `Import ${all.toLocaleString('en-US')} trades from 5 files` })
      .click();
    const told = page.getByRole('region', { name: 'Results' });
    await expect(told).toContainText('1,344');
    // No bars of gold are stored, so no number is made up.
    await expect(told).toContainText('No trade that bars and a model cover.');
    expect(complaints).toEqual([]);
  });
});
