import type { Page } from '@playwright/test';
import { barsAt, commaLines, goldTimes } from '../support/candle-files.ts';
import { seriousFaults } from './axe.ts';
import { DeskScreen } from './desk-screen.ts';
import { expect, test } from './running-app.ts';
import { chooseFile, goTo, madeFile } from './screens.ts';

/** A year and a half of hours, most of them after the days that the market was fitted to. */
const BARS = barsAt(goldTimes('2022-10-03', '2023-12-20'));
const DATASET = 'walk';

/** A small dataset of trades as they come, then the training room. */
async function enter(page: Page): Promise<void> {
  await expect(new DeskScreen(page).rungs).toHaveCount(30);
  await goTo(page, 'Data');
  const form = page.getByRole('form', { name: 'Generate a dataset' });
  await form.getByText('Natural mix').click();
  await form.getByLabel('Name').fill(DATASET);
  await form.getByLabel(/^Trades/).fill('4000');
  await page.getByRole('button', { name: /^Generate dataset/ }).click();
  await expect(page.getByRole('cell', { name: DATASET, exact: true })).toBeVisible();
  await goTo(page, 'Training');
  await expect(page.getByRole('combobox', { name: 'Dataset' })).toHaveValue(DATASET);
}

/** Bars to judge on, imported as a trader would. */
async function importBars(page: Page): Promise<void> {
  await chooseFile(page, madeFile('XAUUSD_H1.csv', commaLines(BARS).join('\n')));
  const sheet = page.getByRole('dialog', { name: 'Import series' });
  await sheet.getByRole('button', { name: /^Import [\d,]+ bars/ }).click();
  await expect(sheet).toHaveCount(0);
}

const start = (page: Page) => page.getByRole('button', { name: 'Start training' }).click();
const epochs = (page: Page) => page.getByRole('table', { name: 'Epochs' }).locator('tbody tr');
const nameIt = (page: Page, name: string) => page.getByRole('textbox', { name: 'Name' }).fill(name);
/** Longer than any test waits. */
async function askForManyEpochs(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Epochs' }).fill('1000');
  await page.getByRole('textbox', { name: 'Stop early after' }).fill('1000');
}

test('a trader trains a model, sees it beside the one in use, and puts it on the desk', async ({
  desk: page,
  complaints,
}) => {
  await importBars(page);
  await enter(page);
  await page.getByText('Quick', { exact: true }).click();
  await nameIt(page, 'autumn');
  await expect(page.getByRole('textbox', { name: 'From' })).toHaveValue('2023-01-01');
  await start(page);
  const head = page.getByRole('group', { name: 'Run of autumn' });
  await expect(head).toContainText('Its best epoch is kept as autumn.', { timeout: 30_000 });
  await expect(page.getByRole('img', { name: /^Validation loss 0\.\d{4}/ })).toBeVisible();
  await expect(epochs(page).filter({ hasText: 'Best' })).toHaveCount(1);

  const result = page.getByRole('region', { name: 'Challenger against champion' });
  await expect(result).toContainText(/Judged on XAUUSD_H1, 2023-01-01 to 2023-\d\d-\d\d/);
  const measures = result.getByRole('table').locator('tbody tr');
  await expect(measures.first()).toContainText(/Log loss\s*0\.\d{4}\s*0\.\d{4}/);
  await expect(measures).toHaveCount(7);
  await result.getByRole('button', { name: 'Use this model' }).click();
  await expect(result).toContainText('The desk uses autumn.');
  await goTo(page, 'Desk');
  await expect(page.getByTitle('autumn')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTitle('autumn')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('a run is watched while it goes, and a cancelled one keeps its best epoch', async ({
  desk: page,
}) => {
  await enter(page);
  await askForManyEpochs(page);
  await nameIt(page, 'long');
  await start(page);
  const head = page.getByRole('group', { name: 'Run of long' });
  await expect(head).toContainText(/Epoch \d+ of 1,000/, { timeout: 20_000 });
  await expect(head).toContainText(/left/);
  await expect(page.getByRole('textbox', { name: 'Batch' })).toBeDisabled();
  await expect.poll(() => epochs(page).count()).toBeGreaterThan(3);
  await page.getByRole('button', { name: 'Cancel run' }).click();
  await expect(head).toContainText('Its best epoch is kept as long.');
  await expect(
    page.getByRole('region', { name: 'Models' }).getByRole('listitem').filter({ hasText: 'long' }),
  ).toContainText('V3 · cross 32/128');
  await expect(page.getByRole('button', { name: 'Start training' })).toBeEnabled();
});

test('a run that the app was stopped in goes on after a restart', async ({ startApp, browser }) => {
  const first = await startApp();
  const page = await browser.newPage();
  await page.goto(first.oneTimeAddress);
  await enter(page);
  await askForManyEpochs(page);
  await nameIt(page, 'long');
  await start(page);
  await expect.poll(() => epochs(page).count(), { timeout: 20_000 }).toBeGreaterThan(3);
  await first.stop();
  await page.close();

  const second = await startApp();
  const later = await browser.newPage();
  await later.goto(second.oneTimeAddress);
  await expect(later.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  await goTo(later, 'Training');
  const head = later.getByRole('group', { name: 'Run of long' });
  await expect(head).toContainText(/Interrupted after epoch \d/);
  const done = await epochs(later).count();
  await head.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => epochs(later).count(), { timeout: 20_000 }).toBeGreaterThan(done);
  await later.getByRole('button', { name: 'Cancel run' }).click();
  await expect(head).toContainText('Its best epoch is kept as long.');
  await later.close();
});

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious in the training room, ${theme}`, async ({ desk: page }) => {
    await importBars(page);
    await goTo(page, 'Training');
    if (theme === 'light') await page.keyboard.press('Control+Shift+L');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    expect(await seriousFaults(page), 'without a dataset').toEqual([]);
    await goTo(page, 'Desk');
    await enter(page);
    await askForManyEpochs(page);
    await nameIt(page, 'long');
    await start(page);
    await expect.poll(() => epochs(page).count(), { timeout: 20_000 }).toBeGreaterThan(1);
    expect(await seriousFaults(page), 'under way').toEqual([]);
    await page.getByRole('button', { name: 'Cancel run' }).click();
    const result = page.getByRole('region', { name: 'Challenger against champion' });
    await expect(result.getByRole('button', { name: 'Use this model' })).toBeVisible();
    await nameIt(page, 'long');
    expect(await seriousFaults(page), 'with a result and an error').toEqual([]);
    await page.setViewportSize({ width: 1024, height: 640 });
    expect(await seriousFaults(page), 'in the smallest window').toEqual([]);
  });
}
