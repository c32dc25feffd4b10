import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seriousFaults } from './axe.ts';
import { DeskScreen } from './desk-screen.ts';
import { expect, test } from './running-app.ts';
import { goTo } from './screens.ts';

/** The form for a new dataset. */
async function ask(page: Page, trades: number, name?: string): Promise<void> {
  await expect(new DeskScreen(page).rungs).toHaveCount(30);
  await goTo(page, 'Data');
  const form = page.getByRole('form', { name: 'Generate a dataset' });
  if (name) {
    await form.getByText('Natural mix').click();
    await form.getByLabel('Name').fill(name);
  }
  await form.getByLabel(/^Trades/).fill(String(trades));
  await form.getByLabel(/^Trades/).press('Enter');
  await expect(form.getByText(/^About .* trades/)).toBeVisible();
}
const press = (page: Page) => page.getByRole('button', { name: /^Generate dataset/ }).click();
const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('cell', { name, exact: true }) });

test('a trader generates the five datasets and sees what they are made of', async ({
  desk: page,
  complaints,
}) => {
  await ask(page, 600);
  await expect(page.getByText(/About 1,800 trades out of .* simulated/)).toBeVisible();
  await press(page);
  for (const name of ['small_v2_600', 'mid_v2_600', 'big_v2_600']) {
    await expect(rowOf(page, name)).toContainText('600', { timeout: 30_000 });
  }
  const balanced = rowOf(page, 'balanced_v2_600');
  await expect(balanced).toContainText('33 / 33 / 33');
  await expect(rowOf(page, 'reinforcement_v2_1200')).toContainText('1,206');
  await balanced.click();
  const about = page.getByRole('region', { name: 'About balanced_v2_600' });
  await expect(about).toContainText(
    'size-picker generate v2 --per-class 600 --exit cross --seed 1',
  );
  await expect(about).toContainText(/small 1\.\d+, mid 0\.\d+, big [01]\.\d+/);
  await expect(about).toContainText(/[0-9a-f]{64}/);
  // The same again is refused where it is asked for.
  await expect(page.getByText(/and 4 more are there already/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Generate datasets' })).toBeDisabled();
  expect(complaints).toEqual([]);
});

test('a trade shows its candles, its way to the exit and what every size came to', async ({
  desk: page,
}) => {
  await ask(page, 5_000, 'walk');
  await press(page);
  await rowOf(page, 'walk').getByRole('button', { name: 'Browse trades' }).click();
  const table = page.getByRole('grid', { name: 'Trades of walk' });
  await expect(table).toHaveAttribute('aria-rowcount', '5001');
  const outcomes = page.getByRole('listbox', { name: /size|outcome/i });
  await expect(outcomes.getByRole('option')).toHaveCount(30);
  await expect(page.locator('canvas').first()).toBeVisible();

  await table.focus();
  await page.keyboard.press('End');
  await expect(table.getByRole('row', { selected: true })).toContainText('4,999');
  // A table of thousands holds only the rows in view.
  expect(await table.getByRole('row').count()).toBeLessThan(80);
  await page.getByText('Mid', { exact: true }).click();
  await expect(table.getByRole('row').nth(1)).toContainText('mid');
  await expect(outcomes.getByRole('option')).toHaveCount(30);
  await page.keyboard.press('Escape');
  await expect(rowOf(page, 'walk')).toBeVisible();
});

test('a deleted dataset comes back by Undo', async ({ desk: page }) => {
  await ask(page, 300, 'walk');
  await press(page);
  await rowOf(page, 'walk').click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(rowOf(page, 'walk')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'walk')).toBeVisible();
});

test('a long run tells its pace, is cancelled at once and leaves nothing', async ({
  desk: page,
}) => {
  await ask(page, 200_000, 'long');
  await press(page);
  const strip = page.getByRole('region', { name: /^Generate 200,000 trades/ });
  await expect(strip).toContainText(/[\d,]+ trades\/s/, { timeout: 20_000 });
  await expect(strip).toContainText(/left/);
  await strip.getByRole('button', { name: 'Cancel' }).click();
  await expect(strip).toHaveCount(0);
  await expect(rowOf(page, 'long')).toHaveCount(0);
  await expect(page.getByText('No datasets yet', { exact: false })).toBeVisible();
});

test('a run that the app was stopped in goes on after a restart', async ({ startApp, browser }) => {
  const first = await startApp();
  const page = await browser.newPage();
  await page.goto(first.oneTimeAddress);
  await ask(page, 30_000, 'walk');
  await press(page);
  const title = /^Generate 30,000 trades/;
  await expect(page.getByRole('region', { name: title })).toContainText(/trades\/s/);
  await first.stop();
  await page.close();

  const second = await startApp();
  const later = await browser.newPage();
  await later.goto(second.oneTimeAddress);
  await expect(later.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  await goTo(later, 'Data');
  const strip = later.getByRole('region', { name: title });
  await expect(strip).toContainText('Interrupted');
  await strip.getByRole('button', { name: 'Resume' }).click();
  await expect(rowOf(later, 'walk')).toContainText('30,000', { timeout: 30_000 });
  await later.close();
});

test('a quota that cannot be met says why', async ({ desk: page }) => {
  await ask(page, 600);
  await page.getByLabel('Leverage, ×').fill('2');
  await page.getByLabel('Leverage, ×').press('Enter');
  await press(page);
  await expect(page.getByText(/no account here carries more than 1.80 oz/)).toBeVisible({
    timeout: 20_000,
  });
});

test('a Parquet file goes out and comes back', async ({ desk: page, dataFolder }) => {
  await ask(page, 300, 'walk');
  await press(page);
  await rowOf(page, 'walk').click();
  await page.getByRole('button', { name: 'Export Parquet' }).click();
  await expect(page.getByText(/walk\.parquet/)).toBeVisible();
  const file = join(dataFolder, 'exports', 'walk.parquet');
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file).subarray(0, 4).toString()).toBe('PAR1');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(rowOf(page, 'walk')).toHaveCount(0);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import dataset…' }).click();
  await (await chooser).setFiles(file);
  await expect(rowOf(page, 'walk')).toContainText('300');
});

test('the market page draws real bars beside each generator', async ({ desk: page }) => {
  await expect(new DeskScreen(page).rungs).toHaveCount(30);
  await goTo(page, 'Data');
  await page.getByText('Market facts', { exact: true }).click();
  for (const title of [
    'Kurtosis of returns',
    'Autocorrelation of ranges',
    'Range to volatility',
    'Trades liquidated by leverage',
  ]) {
    await expect(page.getByRole('heading', { name: title })).toBeVisible({ timeout: 20_000 });
  }
  await page.getByRole('button', { name: 'Table' }).first().click();
  await expect(page.getByRole('table').first()).toContainText('GARCH');
});

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious in the rooms of the data, ${theme}`, async ({ desk: page }) => {
    await ask(page, 500, 'walk');
    if (theme === 'light') await page.keyboard.press('Control+Shift+L');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await press(page);
    await rowOf(page, 'walk').click();
    expect(await seriousFaults(page)).toEqual([]);
    await rowOf(page, 'walk').getByRole('button', { name: 'Browse trades' }).click();
    await expect(page.getByRole('option')).toHaveCount(30);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText('Market facts', { exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Kurtosis of returns' })).toBeVisible({
      timeout: 20_000,
    });
    expect(await seriousFaults(page)).toEqual([]);
  });
}
