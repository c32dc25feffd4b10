import type { Page } from '@playwright/test';
import { DeskScreen, priceText, recommendation, sizeText } from './desk-screen.ts';
import { expect, test } from './running-app.ts';
import { goTo } from './screens.ts';

/** The cells of History's rows, newest first. */
const recordedRow = (page: Page, row: number) =>
  page.getByRole('grid', { name: 'Past trades' }).getByRole('row').nth(row).getByRole('gridcell');

/** What was kept of a decision, by what it is called there. */
async function kept(page: Page, row: number): Promise<Record<string, string>> {
  await recordedRow(page, row).first().click();
  const facts = page.getByRole('region', { name: 'As it was recorded' });
  await expect(facts).toBeVisible();
  const names = await facts.getByRole('term').allInnerTexts();
  const values = await facts.getByRole('definition').allInnerTexts();
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

test.describe('recording', () => {
  test('keeps the recommended size with its numbers, its rules and its model', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const told = await recommendation(dataFolder);
    const { size, pLiquidation, liquidationPrice } = told.recommended!;
    await desk.showsWhat(told);
    await page.keyboard.press('r');
    await expect(page.getByRole('status')).toHaveText(
      new RegExp(`^Recorded ${sizeText(size)} oz at \\d\\d:\\d\\d UTC$`),
    );
    await goTo(page, 'History');
    const cells = recordedRow(page, 1);
    await expect(cells.first()).toHaveText(told.asOf.slice(0, 16).replace('T', ' '));
    await expect(cells.nth(1)).toHaveText('Long');
    await expect(cells.nth(3)).toHaveText(sizeText(size));
    await expect(cells.nth(5)).toHaveText('Open');
    expect(await kept(page, 1)).toEqual({
      Size: `${sizeText(size)} oz`,
      'P(liq)': `${(pLiquidation! * 100).toFixed(1)}%`,
      Settled: 'Open',
      Limit: '6.0%',
      'Liq. price': priceText(liquidationPrice),
      Equity: '$500',
      Rules: '20×, 30% of equity',
      Model: told.model!.name,
      Recorded: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/),
    });
    await expect(page.getByRole('complementary', { name: 'Trade' })).toContainText(
      priceText(told.price),
    );
    expect(complaints).toEqual([]);
  });

  test('keeps the recommended size while another one is looked at', async ({
    desk: page,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const recommended = (await desk.answer.innerText()).replace(/\s*oz/, '');
    await page.keyboard.press('Home');
    await expect(desk.answerBlock).toContainText('Showing 0.15 oz');
    await desk.record.click();
    await expect(page.getByRole('status')).toContainText(`Recorded ${recommended} oz`);
    await goTo(page, 'History');
    await expect(recordedRow(page, 1).nth(3)).toHaveText(recommended);
    expect(complaints).toEqual([]);
  });

  test('keeps that the trader was told to stand aside', async ({ desk: page, complaints }) => {
    const desk = new DeskScreen(page);
    await desk.type(desk.equity, '20');
    await desk.type(desk.threshold, '1');
    await expect(desk.answer).toHaveText('Stand aside');
    await page.getByRole('button', { name: 'Record: stood aside' }).click();
    await expect(page.getByRole('status')).toContainText('Recorded stood aside');
    await goTo(page, 'History');
    await expect(recordedRow(page, 1).nth(3)).toHaveText('Stand aside');
    expect(await kept(page, 1)).toMatchObject({
      Size: 'Stood aside',
      'P(liq)': '—',
      'Liq. price': '—',
    });
    expect(complaints).toEqual([]);
  });

  test('does not happen while a letter is typed into a field', async ({
    desk: page,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await desk.equity.fill('');
    await desk.equity.pressSequentially('rls');
    await desk.equity.press('Escape');
    await expect(page.getByRole('radio', { name: 'Long' })).toBeChecked();
    await goTo(page, 'History');
    await expect(page.getByText('Nothing recorded yet.')).toBeVisible();
    expect(complaints).toEqual([]);
  });
});

test.describe('a recorded decision', () => {
  test('keeps the rules that it was made under, and outlasts a restart', async ({
    app,
    desk: page,
    dataFolder,
    startApp,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await desk.showsWhat(await recommendation(dataFolder));
    await desk.record.click();
    await expect(page.getByRole('status')).toContainText('Recorded');
    await goTo(page, 'Settings');
    await page.getByRole('radio', { name: /^EU retail/ }).check({ force: true });
    await desk.type(page.getByLabel('Leverage', { exact: true }), '30');
    await goTo(page, 'Desk');
    const other = await recommendation(dataFolder, { leverage: 30, 'stop-out': 'margin:0.50' });
    await desk.showsWhat(other);
    await page.keyboard.press('r');
    await goTo(page, 'History');
    const rules = async () => {
      const newer = await kept(page, 1);
      expect(newer['Rules']).toBe('30×, margin level 50%');
      expect(newer['Size']).toBe(`${sizeText(other.recommended!.size)} oz`);
      // The drawer keeps what it shows until the next one has come.
      await page.getByRole('button', { name: 'Close the trade' }).click();
      await expect(page.getByRole('complementary', { name: 'Trade' })).toHaveCount(0);
      expect((await kept(page, 2))['Rules']).toBe('20×, 30% of equity');
    };
    await rules();
    const table = page.getByRole('grid', { name: 'Past trades' });
    const before = await table.innerText();

    await page.goto('about:blank');
    await app.stop();
    await page.goto((await startApp()).oneTimeAddress);
    await goTo(page, 'History');
    await rules();
    expect(await table.innerText()).toBe(before);
    expect(complaints).toEqual([]);
  });

  test('shows at once in another window', async ({ app, desk: page, context, complaints }) => {
    const second = await context.newPage();
    await second.goto(app.origin);
    await goTo(second, 'History');
    await expect(second.getByText('Nothing recorded yet.')).toBeVisible();
    const desk = new DeskScreen(page);
    await desk.record.click();
    await expect(recordedRow(second, 1).nth(5)).toHaveText('Open');
    expect(complaints).toEqual([]);
  });

  test('leads back to the bar that it was made on', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const { asOf } = await recommendation(dataFolder);
    const earlier = new Date(Date.parse(asOf) - 3_600_000).toISOString();
    const closed = page.getByText(`closed ${earlier.slice(11, 16)} UTC`);
    await expect(desk.rungs).toHaveCount(30);
    await page.keyboard.press(',');
    await expect(closed).toBeVisible();
    await page.keyboard.press('r');
    await expect(page.getByRole('status')).toContainText('Recorded');
    await page.getByRole('button', { name: 'End of series' }).click();
    await expect(page.getByText(`closed ${asOf.slice(11, 16)} UTC`)).toBeVisible();

    await goTo(page, 'History');
    await expect(recordedRow(page, 1).first()).toHaveText(earlier.slice(0, 16).replace('T', ' '));
    await recordedRow(page, 1).first().click();
    await page.getByRole('button', { name: 'Open on desk' }).click();
    await expect(closed).toBeVisible();
    expect(complaints).toEqual([]);
  });
});
