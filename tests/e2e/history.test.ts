import { readdirSync } from 'node:fs';
import { fillWithTrades, GOLD_BARS, tradeOn } from '../support/past-trades.ts';
import { goTo } from './screens.ts';
import { DeskScreen } from './desk-screen.ts';
import { expect, test } from './running-app.ts';
import type { Page } from '@playwright/test';

const TRADES = Array.from({ length: 110 }, (_, i) => tradeOn(GOLD_BARS, 200 + i * 13, 15));
const LATE = tradeOn(GOLD_BARS, 300, 15, {
  ticket: 'late',
  closedAt: (GOLD_BARS.time.at(-1)! + 900_000) as never,
});

const table = (page: Page) => page.getByRole('grid', { name: 'Past trades' });
const row = (page: Page, n: number) => table(page).getByRole('row').nth(n);
const drawer = (page: Page) => page.getByRole('complementary', { name: 'Trade' });
const told = (page: Page) => page.getByRole('region', { name: 'Results' });

/** The app on a folder that has gold and an account's trades. */
const opened = test.extend<{ history: Page }>({
  history: async ({ dataFolder, startApp, complaints: _, page }, use) => {
    fillWithTrades(dataFolder, [...TRADES, LATE]);
    await page.goto((await startApp()).oneTimeAddress);
    await goTo(page, 'History');
    await expect(table(page)).toBeVisible();
    await use(page);
  },
});

opened.describe('past trades', () => {
  opened('are told with what every size would have done', async ({ history: page, complaints }) => {
    await expect(told(page)).toContainText(/111\s*of 111/);
    await expect(told(page)).toContainText('nothing known of 1');
    await page.getByRole('button', { name: /^Regret/ }).click();
    await row(page, 1).click();
    const sizes = drawer(page).getByRole('listbox', { name: 'Outcome of every size' });
    await expect(sizes.getByRole('option')).toHaveCount(30);
    // 1.00 oz was taken: 1.05 is the rung beside it.
    await expect(sizes.getByRole('option', { name: /taken/ })).toHaveAccessibleName(/^1.05 ounces/);
    await expect(sizes.getByRole('option', { name: /best/ })).toHaveCount(1);
    await expect(drawer(page).getByRole('region', { name: 'Candles' })).toBeVisible();
    await sizes.focus();
    await page.keyboard.press('Home');
    await expect(sizes.getByRole('option', { selected: true })).toHaveAccessibleName(/^0.15/);
    await page.keyboard.press('Escape');
    await expect(drawer(page)).toHaveCount(0);
    expect(complaints).toEqual([]);
  });

  opened('that no bars cover say so, without a number', async ({ history: page, complaints }) => {
    await page.getByLabel('Outcome', { exact: true }).selectOption('Unknown');
    await expect(row(page, 1).getByRole('gridcell').nth(5)).toHaveText('No bars');
    await expect(row(page, 1).getByRole('gridcell').nth(7)).toHaveText('—');
    await row(page, 1).click();
    await expect(drawer(page)).toContainText('No stored bars cover it from entry to exit');
    await expect(drawer(page).getByRole('listbox')).toHaveCount(0);
    await drawer(page).getByRole('button', { name: 'Import bars…' }).click();
    await expect(page.getByRole('heading', { name: 'Data', level: 1 })).toBeVisible();
    expect(complaints).toEqual([]);
  });

  opened('are sorted, filtered and searched', async ({ history: page, complaints }) => {
    await page.getByRole('button', { name: /^Return/ }).click();
    const first = row(page, 1).getByRole('gridcell').nth(7);
    const sorted = page.getByRole('columnheader', { name: /^Return/ });
    await expect(sorted).toHaveAttribute('aria-sort', 'descending');
    await expect(first).not.toHaveText('—');
    const best = Number((await first.innerText()).replace('−', '-'));
    await page.getByRole('button', { name: /^Return/ }).click();
    await expect
      .poll(async () => Number((await first.innerText()).replace('−', '-')))
      .toBeLessThan(best);
    await page.getByRole('radio', { name: 'Short' }).check({ force: true });
    await expect(row(page, 1).getByRole('gridcell').nth(1)).toHaveText('Short');
    await page.getByLabel('Search trades').fill('no such words');
    await expect(page.getByText('No trades in this range.')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(told(page)).toContainText(/111\s*of 111/);
    expect(complaints).toEqual([]);
  });

  opened(
    'make an exit rule of the trader’s own, a model under it, and a comparison from one button',
    async ({ history: page, complaints }) => {
      test.slow();
      await page.getByRole('button', { name: 'Your exits…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Your own exits' });
      await expect(dialog).toContainText('An exit rule out of 111 imported trades that you ended');
      await expect(dialog).toContainText('judged beside V3-cross-gold-2022 on XAUUSD_H1');
      await dialog.getByRole('button', { name: 'Generate, train and compare' }).click();
      await expect(page.getByRole('heading', { name: 'Data', level: 1 })).toBeVisible();
      await expect(page.getByRole('progressbar').first()).toBeVisible();

      await page.getByRole('button', { name: 'Compare' }).click({ timeout: 120_000 });
      const compared = page.getByRole('table', { name: 'Challenger against champion' });
      await expect(compared).toContainText('V3-cross');
      await expect(compared).toContainText('V3 own exits of 111 trades');
      await page.getByRole('button', { name: 'Use this model' }).click();
      await goTo(page, 'Desk');
      const desk = new DeskScreen(page);
      await expect(desk.answer).toHaveText('Other exit');
      await page.keyboard.press('x');
      await page
        .getByRole('dialog', { name: 'Exit plan' })
        .getByLabel(/Your own/i)
        .check();
      await page.keyboard.press('Escape');
      await expect(desk.answer).not.toHaveText('Other exit');
      await expect(desk.rungs).toHaveCount(30);
      expect(complaints).toEqual([]);
    },
  );

  opened(
    'are written to a table and a report',
    async ({ history: page, dataFolder, complaints }) => {
      for (const [choice, ending] of [
        ['Table, CSV', 'csv'],
        ['Report of one page, HTML', 'html'],
      ] as const) {
        await page.getByLabel('Export', { exact: true }).selectOption(choice);
        await expect(page.getByRole('status').filter({ hasText: `.${ending}` })).toContainText(
          'Written to',
        );
      }
      expect(readdirSync(`${dataFolder}/exports`).length).toBe(2);
      expect(complaints).toEqual([]);
    },
  );

  opened('keep a note and tags, and are found by them', async ({ history: page, complaints }) => {
    await row(page, 2).click();
    await drawer(page).getByLabel('Tags').fill('news, too late');
    await drawer(page).getByLabel('Note', { exact: true }).fill('Entered after the spike');
    await drawer(page).getByRole('button', { name: 'Trade below' }).click();
    await page.getByLabel('Search trades').fill('spike late');
    await expect(told(page)).toContainText(/Trades\s*1\s*of 111/);
    await row(page, 1).click();
    await expect(drawer(page).getByLabel('Tags')).toHaveValue('news, too late');
    expect(complaints).toEqual([]);
  });

  opened(
    'follow another account at once, and the settings stay',
    async ({ history: page, complaints }) => {
      const sizes = async () => {
        const cells = await table(page).getByRole('row').getByRole('gridcell').allInnerTexts();
        return cells.join(' ');
      };
      const before = await sizes();
      await page.getByLabel('Equity tried, dollars').fill('60');
      await expect.poll(sizes).not.toBe(before);
      await expect(told(page)).toContainText(/111\s*of 111/);
      await page.getByLabel('Stop-out rule tried').selectOption('margin level 50%');
      await page.getByRole('button', { name: 'Reset' }).click();
      await expect.poll(sizes).toBe(before);
      await goTo(page, 'Desk');
      await expect(page.getByLabel('Equity in dollars')).toHaveValue('$500');
      expect(complaints).toEqual([]);
    },
  );
});
