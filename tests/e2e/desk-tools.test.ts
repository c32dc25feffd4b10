import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { seriousFaults } from './axe.ts';
import { DeskScreen } from './desk-screen.ts';
import { expect, test } from './running-app.ts';
import { chooseFile, goTo } from './screens.ts';
import { barsAt, commaLines, goldTimes } from '../support/candle-files.ts';
import type { Page } from '@playwright/test';

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command' }).fill(words);
  await page.keyboard.press('Enter');
}

test.describe('the exit plan', () => {
  test('shows the history of such trades, and where the planned holding lies in it', async ({
    desk: page,
    complaints,
  }) => {
    await expect(new DeskScreen(page).rungs).toHaveCount(30);
    await page.keyboard.press('x');
    const dialog = page.getByRole('dialog', { name: 'Exit plan' });
    await expect(dialog).toContainText(/[\d,]+\s+long trades of this kind had ended by this bar/);
    const [, , high] = /one in ten within (\d+), one in ten after (\d+)/.exec(
      await dialog.innerText(),
    )!;
    const holding = dialog.getByLabel('Planned holding, bars');
    await holding.fill(String(Number(high) + 1));
    await expect(dialog).toContainText('longer than nine in ten of them lasted');
    await holding.fill('a week');
    await expect(dialog).toContainText('A number of whole bars from 1');
    await holding.fill('');
    await expect(dialog).not.toContainText('Your plan');
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('for another exit than the model’s gives no size and offers no model that does not fit', async ({
    desk: page,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await expect(desk.rungs).toHaveCount(30);
    await page.getByRole('button', { name: /^When 32 crosses/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Exit plan' });
    await dialog.getByLabel(/RSI/).check();
    await expect(dialog.getByLabel(/V3-cross/)).toBeDisabled();
    await expect(dialog).toContainText('trained for cross 32/128');
    await expect(dialog).toContainText('No model fits this plan.');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(desk.answer).toHaveText('Other exit');
    await expect(desk.answerBlock).toContainText(
      'This model was trained for exits on 32/128 crosses. Your plan says RSI.',
    );
    await expect(desk.record).toBeDisabled();
    await page.keyboard.press('r');
    await expect(page.getByText(/^Recorded/)).toHaveCount(0);
    await expect(desk.rungs.first()).toHaveAccessibleName(/other exit$/);
    expect(await seriousFaults(page)).toEqual([]);

    await page.getByRole('button', { name: 'Exit plan…' }).click();
    await dialog.getByLabel(/A cross/i).check();
    await page.keyboard.press('Escape');
    await expect(desk.recommendedRung).toHaveCount(1);
    expect(complaints).toEqual([]);
  });
});

test('the table of sizes says of each what the ladder has no room for', async ({
  desk: page,
  complaints,
}) => {
  const desk = new DeskScreen(page);
  await expect(desk.rungs).toHaveCount(30);
  const answer = (await desk.answer.innerText()).replace(/\s*oz/, '');
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Table of sizes' });
  const rows = dialog.getByRole('row');
  await expect(rows).toHaveCount(31);
  const cells = await rows.filter({ hasText: 'Use this' }).getByRole('cell').allInnerTexts();
  const size = Number(answer);
  const [, , , price, dollars, share, , used, free, , lots] = cells.map((cell) =>
    Number(cell.replaceAll(',', '').replace('−', '-')),
  ) as number[];
  // The demo's close is 2,000: leverage 20 and $500 of equity, lots of 100 oz by 0.01.
  const entry = price! + dollars!;
  expect(share).toBeCloseTo((dollars! / entry) * 100, 1);
  expect(used).toBeCloseTo((size * entry) / 20, 1);
  expect(free).toBeCloseTo(500 - used!, 1);
  expect(lots).toBe(Math.floor(size) / 100);
  await expect(rows.nth(Math.round(size / 0.15)).getByRole('rowheader')).toHaveText(answer);
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(complaints).toEqual([]);
});

test.describe('the chart', () => {
  test('reads in the zone that the trader picks, and says which', async ({
    desk: page,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await expect(desk.chart).toHaveAccessibleName(/29 Dec 2023 21:00 UTC\./);
    await goTo(page, 'Settings');
    const field = page.getByLabel('Time zone of the desk');
    await field.fill('Gold Coast');
    await expect(page.getByText('Choose a zone of the list')).toBeVisible();
    await field.fill('Australia/Brisbane');
    await expect(page.getByText('Now UTC+10.')).toBeVisible();
    await goTo(page, 'Desk');
    await expect(desk.chart).toHaveAccessibleName(/30 Dec 2023 07:00 UTC\+10\./);
    await expect(page.getByRole('banner')).toContainText('30 Dec 2023 07:00');
    expect(complaints).toEqual([]);
  });

  test('goes into a picture, with what it shows in words, to a file or the clipboard', async ({
    desk: page,
    context,
    complaints,
  }) => {
    await expect(new DeskScreen(page).rungs).toHaveCount(30);
    const download = page.waitForEvent('download');
    await command(page, 'save a picture');
    const file = await download;
    expect(file.suggestedFilename()).toBe('Synthetic-demo-H1-2023-12-29-22-00.png');
    const png = readFileSync(await file.path());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(800);
    await expect(page.getByText(/^Saved the chart as/)).toBeVisible();

    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await command(page, 'copy a picture');
    await expect(page.getByText('The picture of the chart is on the clipboard.')).toBeVisible();
    const kinds = await page.evaluate(async () => (await navigator.clipboard.read())[0]!.types);
    expect(kinds).toEqual(['image/png']);
    expect(complaints).toEqual([]);
  });

  test(
    'scrolls through a million bars with a small part of them loaded',
    { tag: '@long' },
    async ({ app, page, complaints }) => {
      test.setTimeout(180_000);
      /** Bars that the window has asked for. */
      let asked = 0;
      page.on('websocket', (socket) =>
        socket.on('framesent', ({ payload }) => {
          const [, count] = /"series\.bars".*"count":(\d+)/.exec(String(payload)) ?? [];
          asked += Number(count ?? 0);
        }),
      );
      await page.goto(app.oneTimeAddress);
      const desk = new DeskScreen(page);
      await expect(desk.rungs).toHaveCount(30);
      expect(asked).toBeGreaterThan(0);

      const times = goldTimes('2021-01-03', '2023-11-20', 60).slice(0, 1_000_000);
      const path = test.info().outputPath('XAUUSD_M1.csv');
      writeFileSync(path, `${commaLines(barsAt(times, 60)).join('\n')}\n`);
      await chooseFile(page, path);
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: /^Import 1,000,000/ }).click({ timeout: 90_000 });
      await expect(page.getByText('Bar 1,000,000 of 1,000,000')).toBeVisible({ timeout: 90_000 });

      asked = 0;
      const frame = (await desk.chart.boundingBox())!;
      const time = page.locator('.legend .time');
      const wheel = async () => {
        await page.mouse.move(frame.x + 400, frame.y + 200);
        for (let i = 0; i < 10; i++) await page.mouse.wheel(-2_000, 0);
        // The crosshair reads the bar that has come under it.
        await page.mouse.move(frame.x + 410, frame.y + 210);
        return Date.parse(`${await time.innerText()}Z`) / 1000;
      };
      await expect.poll(wheel, { timeout: 60_000 }).toBeLessThan(times.at(-1)! - 20 * 86_400);
      expect(asked).toBeGreaterThan(10_000);
      expect(asked).toBeLessThan(100_000);

      // In a longer step, and far back by its date.
      await page.getByText('D1', { exact: true }).click();
      await expect(page.getByText(/^Bar \d{3} of \d{3}$/)).toBeVisible();
      await page.getByText('M1', { exact: true }).click();
      await expect(page.getByText('Bar 1,000,000 of 1,000,000')).toBeVisible();
      await command(page, 'jump to a date');
      await page.getByLabel('Date and time, UTC').fill('2021-06-01 12:00');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('banner')).toContainText('1 Jun 2021 11:59');
      await expect(desk.recommendedRung).toHaveCount(1);
      expect(complaints).toEqual([]);
    },
  );
});

test.describe('windows', () => {
  test('a new one shows the same store; the screen shown last is shown at the next start', async ({
    desk: page,
    app,
    context,
    complaints,
  }) => {
    await expect(new DeskScreen(page).rungs).toHaveCount(30);
    const opened = context.waitForEvent('page');
    await command(page, 'new window');
    const second = await opened;
    await expect(new DeskScreen(second).rungs).toHaveCount(30);
    const desk = new DeskScreen(page);
    await desk.type(desk.equity, '750');
    await expect(new DeskScreen(second).equity).toHaveValue('$750');
    await goTo(second, 'Evaluate');
    // Each window keeps its own screen.
    await expect(desk.rungs).toHaveCount(30);
    await expect(second.getByRole('heading', { name: 'Evaluate' })).toBeVisible();
    await second.waitForTimeout(600);
    await page.goto(app.origin);
    await expect(page.getByRole('heading', { name: 'Evaluate' })).toBeVisible();
    expect(complaints).toEqual([]);
  });
});

test.describe('room', () => {
  for (const { name, width, height, zoom } of [
    { name: 'the smallest window', width: 1024, height: 640, zoom: 1 },
    { name: '200% zoom', width: 1440, height: 900, zoom: 2 },
  ]) {
    test(`${name} has everything of the desk in reach`, async ({ desk: page, complaints }) => {
      const desk = new DeskScreen(page);
      await expect(desk.rungs).toHaveCount(30);
      // What zooming in a browser does: as many pixels, each twice as large.
      await page.setViewportSize({ width: width / zoom, height: height / zoom });
      await expect(desk.answer).toBeVisible();
      for (const part of [desk.answer, desk.equity, desk.threshold, desk.record, desk.ladder]) {
        await part.scrollIntoViewIfNeeded();
        await expect(part).toBeInViewport();
      }
      await desk.type(desk.equity, '900');
      await expect(desk.recommendedRung).toBeVisible();
      await page.keyboard.press('x');
      const done = page.getByRole('dialog').getByRole('button', { name: 'Done' });
      await done.scrollIntoViewIfNeeded();
      await expect(done).toBeInViewport();
      expect(await seriousFaults(page)).toEqual([]);
      await done.click();
      expect(await seriousFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  }
});

test('the window’s code is small', () => {
  const folder = 'out/renderer/assets';
  const bytes = readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(`${folder}/${file}`)).length, 0);
  expect(bytes).toBeLessThanOrEqual(350_000);
});
