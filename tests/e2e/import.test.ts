import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import {
  barsAt,
  goldTimes,
  metatrader5Lines,
  serverClock,
  shownOn,
} from '../support/candle-files.ts';
import { DeskScreen, recommendation } from './desk-screen.ts';
import { expect, test } from './running-app.ts';
import { chooseFile, goTo, madeFile } from './screens.ts';

/** A quarter of hours with the week in March when only America has changed its clock. */
const TIMES = goldTimes('2023-01-09', '2023-04-07');
const LINES = metatrader5Lines(shownOn(barsAt(TIMES), serverClock));
const BARS = TIMES.length.toLocaleString('en-US');
const NAME = 'XAUUSD_H1_2023.csv';

const fileOf = (lines: readonly string[]) => madeFile(NAME, `${lines.join('\r\n')}\r\n`);

const sheetOf = (page: Page) => page.getByRole('dialog', { name: 'Import series' });
const importButton = (page: Page) => sheetOf(page).getByRole('button', { name: /^Import\b/ });
const seriesRows = (page: Page) =>
  page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });

/** The sheet is left, and the data folder holds the demo and nothing else. */
async function nothingIsStored(page: Page): Promise<void> {
  await expect(importButton(page)).toBeDisabled();
  await page.keyboard.press('Enter');
  await sheetOf(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(sheetOf(page)).toHaveCount(0);
  await page.reload();
  await goTo(page, 'Data');
  await expect(seriesRows(page)).toHaveCount(1);
  await expect(seriesRows(page)).toContainText('Synthetic demo, not a market');
}

test.describe('a MetaTrader 5 export', () => {
  test('is shown as it will be read, in UTC, and then opened on the desk', async ({
    desk: page,
    dataFolder,
    complaints,
  }, testInfo) => {
    const file = testInfo.outputPath(NAME);
    await writeFile(file, fileOf(LINES).buffer);
    await chooseFile(page, file);
    const sheet = sheetOf(page);
    await expect(sheet).toContainText('MetaTrader 5 export');
    await expect(sheet.getByLabel('Clock of the file')).toContainText('UTC+2, summer +3, found');
    await expect(sheet).toContainText(
      /New York \+ 7 h: .* after \d+ weekends and \d+ daily pauses/,
    );
    await expect(sheet.getByLabel('Frame')).toHaveValue('H1');
    await expect(sheet.getByLabel('Save as')).toHaveValue('XAUUSD_H1');
    await expect(sheet).toContainText('No problems.');
    await expect(sheet).toContainText(`${BARS} bars, 9 Jan 2023 to 6 Apr 2023`);
    // The file says 02:00; it is winter.
    expect(LINES[1]).toMatch(/^2023\.01\.09\t02:00:00/);
    const [, , open, high, low, close] = LINES[1]!.split('\t');
    const shown = [open, high, low, close].map((cell) =>
      Number(cell).toLocaleString('en-US', { minimumFractionDigits: 2 }),
    );
    await expect(sheet.getByRole('row').nth(1).getByRole('cell')).toHaveText([
      '2',
      '2023-01-09 00:00',
      ...shown,
      /^\d+$/,
    ]);
    await expect(importButton(page)).toHaveText(new RegExp(`^Import ${BARS} bars`));
    await page.keyboard.press('Enter');

    await expect(sheet).toHaveCount(0);
    await expect(page.getByLabel('Series', { exact: true })).toHaveValue('XAUUSD_H1');
    await expect(new DeskScreen(page).syntheticMark).toHaveCount(0);
    const told = await recommendation(dataFolder, {}, { candles: file });
    await expect(page.getByText(`closed ${told.asOf.slice(11, 16)} UTC`)).toBeVisible();
    await new DeskScreen(page).showsWhat(told);
    await goTo(page, 'Data');
    await expect(seriesRows(page).filter({ hasText: 'XAUUSD_H1' })).toContainText(
      `2023-01-092023-04-06${BARS}UTC+2, summer +3Imported`,
    );
    expect(complaints).toEqual([]);
  });

  test('adds nothing a second time, and what is new where it goes on', async ({
    desk: page,
    complaints,
  }) => {
    const shorter = LINES.slice(0, -10);
    await chooseFile(page, fileOf(shorter));
    await importButton(page).click();
    await expect(page.getByLabel('Series', { exact: true })).toHaveValue('XAUUSD_H1');

    await chooseFile(page, fileOf(shorter));
    const all = (shorter.length - 1).toLocaleString('en-US');
    await expect(sheetOf(page)).toContainText(
      `All ${all} bars are already stored under XAUUSD_H1.`,
    );
    await expect(importButton(page)).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(sheetOf(page)).toHaveCount(0);

    await chooseFile(page, fileOf(LINES));
    await expect(importButton(page)).toHaveText(/^Import 10 bars/);
    await importButton(page).click();
    await expect(page.getByText(`Bar ${BARS} of ${BARS}`)).toBeVisible();
    expect(complaints).toEqual([]);
  });

  test('is read by the clock that the trader names', async ({ desk: page, complaints }) => {
    await chooseFile(page, fileOf(LINES));
    const sheet = sheetOf(page);
    const clock = sheet.getByLabel('Clock of the file');
    const firstTime = sheet.getByRole('row').nth(1).getByRole('cell').nth(1);
    await expect(firstTime).toHaveText('2023-01-09 00:00');
    await clock.selectOption('UTC');
    await expect(firstTime).toHaveText('2023-01-09 02:00');
    await expect(sheet).toContainText(
      'As given. The bars themselves look otherwise: New York + 7 h',
    );
    await clock.selectOption('UTC+3');
    await expect(firstTime).toHaveText('2023-01-08 23:00');
    await importButton(page).click();
    await expect(page.getByText(`Bar ${BARS} of ${BARS}`)).toBeVisible();
    await goTo(page, 'Data');
    await expect(seriesRows(page).filter({ hasText: 'XAUUSD_H1' })).toContainText('UTC+03:00');
    expect(complaints).toEqual([]);
  });

  test('can be dropped anywhere on the window', async ({ desk: page, complaints }) => {
    await expect(new DeskScreen(page).rungs).toHaveCount(30);
    await page.getByRole('main').drop({ files: fileOf(LINES) });
    await expect(sheetOf(page)).toContainText(NAME);
    await importButton(page).click();
    await expect(page.getByLabel('Series', { exact: true })).toHaveValue('XAUUSD_H1');
    expect(complaints).toEqual([]);
  });
});

test.describe('a file that cannot be imported', () => {
  test('is refused with the line that is wrong and what to do about it', async ({
    desk: page,
    complaints,
  }) => {
    const cells = LINES[99]!.split('\t');
    const [low, high] = [cells[4], cells[3]];
    const bad = LINES.with(99, cells.with(3, low!).with(4, high!).join('\t'));
    await chooseFile(page, fileOf(bad));
    const sheet = sheetOf(page);
    await expect(sheet.getByRole('heading', { name: '1 problem' })).toBeVisible();
    const problem = sheet.getByRole('listitem');
    await expect(problem).toContainText('Line 100');
    await expect(problem).toContainText(
      `The high ${Number(low)} is below the low ${Number(high)}.`,
    );
    await expect(problem).toContainText('Correct or delete the line');
    await expect(sheet).toContainText('Nothing is imported while a line is wrong.');
    await nothingIsStored(page);
    expect(complaints).toEqual([]);
  });

  test('can be corrected and chosen again', async ({ desk: page, complaints }) => {
    const twice = [...LINES.slice(0, 50), LINES[49]!, ...LINES.slice(50)];
    await chooseFile(page, fileOf(twice));
    await expect(sheetOf(page).getByRole('listitem')).toContainText(
      /Line 51\s*The bar of .* is there twice\./,
    );
    await sheetOf(page).getByRole('button', { name: 'Close' }).click();
    await chooseFile(page, fileOf(LINES));
    await importButton(page).click();
    await expect(page.getByLabel('Series', { exact: true })).toHaveValue('XAUUSD_H1');
    expect(complaints).toEqual([]);
  });

  test('asks for the clock where the bars do not show it', async ({ desk: page, complaints }) => {
    await chooseFile(page, fileOf(LINES.slice(0, 40)));
    const sheet = sheetOf(page);
    await expect(sheet.getByRole('listitem')).toContainText(
      /^\s*Whole file\s*The clock of the times cannot be told\./,
    );
    await expect(sheet.getByRole('columnheader', { name: 'Time in the file' })).toBeVisible();
    await expect(sheet.getByRole('cell', { name: '2023-01-09 02:00' })).toBeVisible();
    await expect(importButton(page)).toBeDisabled();
    await sheet
      .getByLabel('Clock of the file')
      .selectOption({ label: 'UTC+2, summer +3 (MetaTrader)' });
    await expect(sheet.getByRole('columnheader', { name: 'Time UTC' })).toBeVisible();
    await expect(sheet.getByRole('cell', { name: '2023-01-09 00:00' })).toBeVisible();
    await importButton(page).click();
    await expect(new DeskScreen(page).answer).toHaveText('Too few candles');
    expect(complaints).toEqual([]);
  });

  test('is refused in words where it is no candle file at all', async ({
    desk: page,
    complaints,
  }) => {
    for (const { content, says } of [
      {
        content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0xff]),
        says: 'This is neither a text file nor a history of MetaTrader 4. Export the candles as text (CSV)',
      },
      {
        content: '',
        says: 'The file is empty. Export the candles again',
      },
      {
        content: 'name,age\nAda,36\n',
        says: 'The first line reads: "name,age". Export candles from MetaTrader, TradingView',
      },
    ]) {
      await chooseFile(page, madeFile(NAME, content));
      await expect(sheetOf(page).getByRole('listitem')).toContainText(says);
      await expect(sheetOf(page)).not.toContainText('Shown below');
      await nothingIsStored(page);
    }
    expect(complaints).toEqual([]);
  });
});

test.describe('real gold by the hour', () => {
  const file = fileURLToPath(new URL('../../../shared/data/XAUUSD_H1.csv', import.meta.url));
  test.skip(!existsSync(file), '../shared with the real data is not beside this checkout');

  test('imports whole and shows its last day', async ({ desk: page, dataFolder, complaints }) => {
    await chooseFile(page, file);
    await expect(importButton(page)).toHaveText(/^Import 34,224 bars/);
    await importButton(page).click();
    await expect(page.getByText('Bar 34,224 of 34,224')).toBeVisible();
    await expect(page.getByRole('banner')).toContainText('29 Dec 2023');
    const told = await recommendation(dataFolder, {}, { series: 'XAUUSD_H1' });
    expect(told.asOf).toMatch(/^2023-12-29/);
    await new DeskScreen(page).showsWhat(told);
    expect(complaints).toEqual([]);
  });
});
