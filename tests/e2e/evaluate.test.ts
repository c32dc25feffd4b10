import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { cliProcessJson } from '../support/cli-process.ts';
import { seriousFaults } from './axe.ts';
import { expect, test as base } from './running-app.ts';
import { goTo } from './screens.ts';

/** Eleven months of synthetic hours, imported as a trader would import real ones. */
const BARS = join(import.meta.dirname, '../../resources/demo/synthetic-gold-h1.csv');
const test = base.extend({
  dataFolder: async ({ dataFolder }, use) => {
    const words = ['--symbol', 'XAUUSD', '--timeframe', 'H1', '--name', 'WALK', '--clock', 'utc'];
    await cliProcessJson('import', 'candles', BARS, ...words, '--data', dataFolder);
    await use(dataFolder);
  },
});

/** Judges the model in use on all bars. */
async function judge(page: Page): Promise<void> {
  await goTo(page, 'Evaluate');
  await page.getByRole('button', { name: 'Judge models…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Judge models on real bars' });
  await expect(dialog.getByLabel('Series')).toHaveValue('WALK');
  await dialog.getByRole('button', { name: 'Judge', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Models and baselines' })).toBeVisible({
    timeout: 30_000,
  });
}

test('a trader judges the bundled model and sees it beside every rule', async ({
  desk: page,
  dataFolder,
  complaints,
}) => {
  await judge(page);
  const methods = page.getByRole('table', { name: 'Models and baselines' });
  for (const name of ['V3-cross-gold', 'volatility rule', 'lookup', 'constant', 'fixed size']) {
    await expect(methods).toContainText(name);
  }
  await expect(methods.getByRole('row')).toHaveCount(6);
  await expect(page.getByRole('contentinfo')).toContainText(/decisions/);

  // Every chart draws something, and says the same in words.
  for (const name of ['Reliability', 'Realised against threshold', 'Equity curves', 'Regret']) {
    const pane = page.getByRole('region', { name, exact: true });
    await expect(pane.getByRole('img').first()).toHaveAttribute('aria-label', /\d/);
    await expect(pane.locator('path.line').first()).toHaveAttribute('d', /^M.+L/);
  }
  const pick = (group: string, label: string) =>
    page.getByRole('radiogroup', { name: group }).getByText(label, { exact: true }).click();
  await pick('Direction', 'Short');
  await pick('Threshold', '20%');
  await expect(methods).toContainText('Liquidated % at 20%');

  await page.getByRole('button', { name: 'Report' }).click();
  await expect(page.getByText(/The report is in .*\.html/)).toBeVisible();
  const report = join(dataFolder, 'exports', 'evaluation_1_WALK.html');
  expect(existsSync(report)).toBe(true);
  const html = readFileSync(report, 'utf8');
  expect(html).toContain('volatility rule');
  expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  expect(complaints).toEqual([]);
});

test('an evaluation is there again after a restart', async ({ desk: page, app, startApp }) => {
  await judge(page);
  const before = await page.getByRole('table', { name: 'Models and baselines' }).innerText();
  await app.stop();
  const again = await startApp();
  await page.goto(again.oneTimeAddress);
  await goTo(page, 'Evaluate');
  const table = page.getByRole('table', { name: 'Models and baselines' });
  await expect(table).toBeVisible();
  expect(await table.innerText()).toBe(before);
});

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious on the Evaluate screen, ${theme}`, async ({ desk: page }) => {
    await goTo(page, 'Evaluate');
    if (theme === 'light') await page.keyboard.press('Control+Shift+L');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Judge models…' }).click();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await judge(page);
    expect(await seriousFaults(page)).toEqual([]);
    // The smallest window: here the tables scroll, and must do so by the keyboard too.
    await page.setViewportSize({ width: 1024, height: 640 });
    expect(await seriousFaults(page)).toEqual([]);
  });
}

test('another threshold or direction moves no column of the table', async ({ desk: page }) => {
  await judge(page);
  const edges = () =>
    page
      .getByRole('table', { name: 'Models and baselines' })
      .locator('th')
      .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().left));
  const before = await edges();
  for (const [group, label] of [
    ['Threshold', '5%'],
    ['Direction', 'Short'],
  ] as const) {
    const choices = page.getByRole('radiogroup', { name: group });
    await choices.getByText(label, { exact: true }).click();
    expect(await edges()).toEqual(before);
  }
});
