import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  barsAt,
  goldTimes,
  metatrader5Lines,
  serverClock,
  shownOn,
} from '../support/candle-files.ts';
import { binanceServer, minutes } from '../support/feed-servers.ts';
import { seriousFaults } from './axe.ts';
import { DeskScreen } from './desk-screen.ts';
import { expect, test } from './running-app.ts';
import type { Page } from '@playwright/test';

const TIMES = goldTimes('2023-11-20', '2023-12-09');
const LINES = metatrader5Lines(shownOn(barsAt(TIMES), serverClock));
const HELD = 300;
const HOUR = 3_600;
const text = (lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('');

const bar = (page: Page) => page.getByRole('banner');
/** Times as the top bar reads them. */
const shown = (time: number) => {
  const date = new Date(time * 1000);
  const month = date.toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' });
  return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()} ${date.toISOString().slice(11, 16)}`;
};
const closeOf = (i: number) => TIMES[i]! + HOUR;
const setClock = (page: Page, time: number) => page.clock.setFixedTime(time * 1000);

async function follow(page: Page, path: string): Promise<void> {
  await bar(page).getByText('File', { exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Follow a file' });
  await dialog.getByLabel('Path of the file').fill(path);
  await dialog.getByLabel('Time zone of the file').selectOption('new-york-close');
  await dialog.getByRole('button', { name: 'Follow this file' }).click();
  await expect(dialog).toBeHidden();
}

/** Follows a new file of `HELD` bars, ten minutes after the last whole one closed. */
async function followNew(page: Page, folder: string, lines = LINES.slice(0, HELD + 1)) {
  await expect(new DeskScreen(page).rungs).toHaveCount(30);
  const path = join(folder, 'XAUUSD_H1.csv');
  writeFileSync(path, text(lines));
  await setClock(page, closeOf(HELD - 2) + 600);
  await follow(page, path);
  return path;
}

test.describe('a watched file', () => {
  test('moves the desk on as the terminal appends to it, and says how old the bar is', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const path = await followNew(page, dataFolder);
    await expect(bar(page)).toContainText('Live');
    await expect(bar(page)).toContainText(shown(TIMES[HELD - 2]!));
    await expect(bar(page)).toContainText('closed 10 min ago');
    await expect(bar(page)).toContainText('forming');
    await expect(desk.recommendedRung).toHaveCount(1);

    await setClock(page, closeOf(HELD - 1) + 60);
    appendFileSync(path, text([LINES[HELD + 1]!]));
    await expect(bar(page)).toContainText(shown(TIMES[HELD - 1]!));

    // A terminal also writes the file anew, with fewer old bars and a line half done.
    await setClock(page, closeOf(HELD) + 60);
    writeFileSync(
      path,
      text([LINES[0]!, ...LINES.slice(50, HELD + 3)]) + LINES[HELD + 3]!.slice(0, 20),
    );
    await expect(bar(page)).toContainText(shown(TIMES[HELD]!));
    await expect(page.getByText(`Bar ${HELD + 1} of ${HELD + 1}`)).toBeVisible();
    expect(complaints).toEqual([]);
  });

  test('that falls silent leaves the last size marked as not current, with recording off', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const path = await followNew(page, dataFolder);
    await expect(bar(page)).toContainText('Live');
    const answer = await desk.answer.innerText();

    await setClock(page, closeOf(HELD - 2) + 3 * HOUR + 12 * 60);
    await expect(bar(page)).toContainText('Stale', { timeout: 10_000 });
    await expect(desk.answerBlock).toContainText(
      'The newest H1 bar closed 3 h 12 min ago; the limit is 1 h 15 min.',
    );
    await expect(desk.answerBlock).toContainText('Last size, at');
    expect(await desk.answer.innerText()).toBe(answer);
    await expect(desk.facts).toContainText('Do not trade on it; recording is off');
    await expect(desk.ladder).toContainText('Last size');
    await expect(desk.ladder).not.toContainText('Use this');
    await expect(desk.record).toBeDisabled();
    await page.keyboard.press('r');
    await expect(page.getByText(/^Recorded/)).toHaveCount(0);
    expect(await seriousFaults(page)).toEqual([]);

    // New bars make it current again.
    await page.getByRole('button', { name: 'Reconnect now' }).click();
    await expect(bar(page)).toContainText('Stale');
    await setClock(page, closeOf(HELD + 1) + 60);
    appendFileSync(path, text(LINES.slice(HELD + 1, HELD + 4)));
    await expect(bar(page)).toContainText('Live');
    await expect(desk.record).toBeEnabled();
    expect(complaints).toEqual([]);
  });

  test('that goes is waited for; what stands in the way of one is said in its dialog', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await expect(desk.rungs).toHaveCount(30);
    const path = join(dataFolder, 'XAUUSD_H1.csv');
    await bar(page).getByText('File', { exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Follow a file' });
    await expect(dialog.getByRole('button', { name: 'Follow this file' })).toBeDisabled();
    await dialog.getByLabel('Path of the file').fill(path);
    await dialog.getByRole('button', { name: 'Follow this file' }).click();
    await expect(dialog.getByRole('alert')).toContainText('there is no file');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('radio', { name: 'Replay' })).toBeChecked();

    writeFileSync(path, text(LINES.slice(0, HELD + 1)));
    await setClock(page, closeOf(HELD - 2) + 600);
    await follow(page, path);
    await expect(bar(page)).toContainText('Live');
    rmSync(path);
    await expect(bar(page)).toContainText('Waiting');
    writeFileSync(path, text(LINES.slice(0, HELD + 1)));
    await expect(bar(page)).toContainText('Live');
    await page.getByRole('radio', { name: 'Replay' }).click({ force: true });
    await expect(bar(page)).not.toContainText('Live·');
    await expect(page.getByRole('radio', { name: 'Replay' })).toBeChecked();
    expect(complaints).toEqual([]);
  });

  test('with a hole in it has it named beside the answer', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const lines = [...LINES.slice(0, HELD - 20), ...LINES.slice(HELD - 6, HELD + 1)];
    await followNew(page, dataFolder, lines);
    await expect(new DeskScreen(page).facts).toContainText(/^.*14 bars are missing before/s);
    expect(complaints).toEqual([]);
  });
});

test.describe('live bars', () => {
  const NOW = Math.floor(Date.now() / 60_000) * 60 - 600;

  test('are followed from Binance, named as a proxy, again after a drop', async ({
    startApp,
    page,
    complaints,
  }) => {
    const server = await binanceServer();
    try {
      server.history.push(...minutes(NOW - 400 * 60, NOW));
      const hosts = JSON.stringify({ binanceSpot: server.hosts });
      const app = await startApp({ SIZE_PICKER_FEED_HOSTS: hosts });
      await page.goto(app.oneTimeAddress);
      const desk = new DeskScreen(page);
      await expect(desk.rungs).toHaveCount(30);
      // Offline until it is turned on.
      expect(server.state).toMatchObject({ asked: 0, streams: [] });

      await bar(page).getByText('Live', { exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Follow live bars' });
      await expect(dialog).toContainText('A proxy for spot gold');
      await dialog.getByLabel('Timeframe').selectOption('M1');
      expect(await seriousFaults(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Follow', exact: true }).click();
      await expect(dialog).toBeHidden();
      await expect(bar(page)).toContainText('Proxy for spot');
      await expect(page.getByLabel('Series', { exact: true })).toHaveValue('PAXGUSDT M1 Binance');
      await expect(bar(page)).toContainText(shown(NOW - 60));

      const [first, second, third] = minutes(NOW, NOW + 180);
      await expect.poll(() => server.isConnected()).toBe(true);
      server.kline(first!, false);
      await expect(bar(page)).toContainText('forming');
      server.kline(first!, true);
      await expect(bar(page)).toContainText(shown(NOW));

      server.drop();
      await expect(bar(page)).toContainText('Waiting');
      server.history.push(first!, second!);
      await expect(bar(page)).toContainText(shown(NOW + 60), { timeout: 15_000 });
      await expect.poll(() => server.isConnected()).toBe(true);
      server.kline(third!, true);
      await expect(bar(page)).toContainText(shown(NOW + 120));
      expect(complaints).toEqual([]);
    } finally {
      server.close();
    }
  });

  test('of OANDA want an account and a token, which is kept and not shown again', async ({
    desk: page,
    complaints,
  }) => {
    await expect(new DeskScreen(page).rungs).toHaveCount(30);
    await bar(page).getByText('Live', { exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Follow live bars' });
    await dialog.getByLabel(/practice/).check();
    const go = dialog.getByRole('button', { name: 'Follow', exact: true });
    await expect(go).toBeDisabled();
    await dialog.getByLabel('Account', { exact: true }).fill('101-001-1234567-001');
    await expect(dialog).toContainText('Keep a token first.');
    await expect(dialog).toContainText('it is not encrypted');
    await dialog.getByLabel('Token').fill('secret-token');
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await expect(go).toBeEnabled();
    await expect(dialog.getByLabel('Token')).toHaveCount(0);
    expect(await page.content()).not.toContain('secret-token');
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Forget it' }).click();
    await expect(go).toBeDisabled();
    expect(complaints).toEqual([]);
  });
});
