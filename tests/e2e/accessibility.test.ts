import type { Page } from '@playwright/test';
import { seriousFaults } from './axe.ts';
import { DeskScreen, recommendation, sizeText } from './desk-screen.ts';
import { expect, test } from './running-app.ts';
import { chooseFile, goTo, madeFile } from './screens.ts';

/** Opens a dialog by its key, whatever dialog is open. */
async function byKey(page: Page, key: string, name: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press(key);
  await expect(page.getByRole('dialog', { name, exact: true })).toBeVisible();
}

/** Opens a dialog by its command. */
async function byCommand(page: Page, words: string, name: string): Promise<void> {
  await byKey(page, 'Control+k', 'Commands');
  await page.getByRole('combobox', { name: 'Find a command' }).fill(words);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name, exact: true })).toBeVisible();
}

/** Every screen and dialog, and how a trader gets there. */
const PLACES: readonly { readonly name: string; readonly open: (page: Page) => Promise<void> }[] = [
  { name: 'Desk', open: (page) => goTo(page, 'Desk') },
  {
    name: 'Desk with an error',
    open: (page) => new DeskScreen(page).equity.fill('nothing'),
  },
  {
    name: 'History',
    open: async (page) => {
      const desk = new DeskScreen(page);
      await desk.equity.press('Escape');
      await desk.record.click();
      await goTo(page, 'History');
      await page.getByRole('grid', { name: 'Past trades' }).getByRole('row').nth(1).click();
      await expect(page.getByRole('complementary', { name: 'Trade' })).toBeVisible();
    },
  },
  {
    name: 'Import trades',
    open: async (page) => {
      await goTo(page, 'History');
      await page.getByRole('button', { name: 'Import trades…' }).first().click();
      const letter = madeFile('letter.htm', '<html><body>Dear diary</body></html>');
      const dialog = page.getByRole('dialog', { name: 'Import trades' });
      await dialog.getByLabel('Statements', { exact: true }).setInputFiles([letter]);
      await expect(dialog.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Settings',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await goTo(page, 'Settings');
    },
  },
  { name: 'Data', open: (page) => goTo(page, 'Data') },
  {
    name: 'Import series',
    open: async (page) => {
      const text = 'time,open,high,low,close\n2023-01-02 00:00:00,1,2,3,1\n';
      await chooseFile(page, madeFile('bars.csv', text));
      await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'All keys',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'All keys' })).toBeVisible();
    },
  },
  { name: 'Commands', open: (page) => byKey(page, 'Control+k', 'Commands') },
  {
    name: 'Exit plan',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await goTo(page, 'Desk');
      await byKey(page, 'x', 'Exit plan');
      await expect(page.getByText(/trades of this kind had ended/)).toBeVisible();
    },
  },
  { name: 'Table of sizes', open: (page) => byKey(page, 'a', 'Table of sizes') },
  {
    name: 'Table of candles',
    open: (page) => byCommand(page, 'table of candles', 'Table of candles'),
  },
  { name: 'Jump to a date', open: (page) => byCommand(page, 'jump to a date', 'Jump to a date') },
  { name: 'Follow a file', open: (page) => byCommand(page, 'follow a file', 'Follow a file') },
  {
    name: 'Follow live bars',
    open: async (page) => {
      await byCommand(page, 'follow live', 'Follow live bars');
      await page.getByLabel(/practice/).check();
    },
  },
  {
    name: 'Desk without a model that fits',
    open: async (page) => {
      await byKey(page, 'x', 'Exit plan');
      await page.getByLabel(/RSI/).check();
      await page.keyboard.press('Escape');
      await expect(new DeskScreen(page).answer).toHaveText('Other exit');
    },
  },
  {
    name: 'Desk where nothing fits the margin',
    open: async (page) => {
      await byKey(page, 'x', 'Exit plan');
      await page.getByLabel(/cross of averages/i).check();
      await page.keyboard.press('Escape');
      const desk = new DeskScreen(page);
      await desk.type(desk.equity, '20');
      await expect(desk.rungs.last()).toHaveAccessibleName(/no margin$/);
    },
  },
];

test.describe('axe', { tag: '@long' }, () => {
  for (const theme of ['dark', 'light'] as const) {
    test(`finds nothing serious on any screen, ${theme}`, async ({ desk: page, complaints }) => {
      const root = page.locator('html');
      await expect(new DeskScreen(page).rungs).toHaveCount(30);
      if (theme === 'light') await page.keyboard.press('Control+Shift+L');
      await expect(root).toHaveAttribute('data-theme', theme);
      for (const { name, open } of PLACES) {
        await open(page);
        expect.soft(await seriousFaults(page), name).toEqual([]);
      }
      expect(complaints).toEqual([]);
    });
  }
});

test.describe('without a mouse or a screen', () => {
  test('the ladder is one tab stop between the fields and the button', async ({
    desk: page,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await desk.threshold.focus();
    await page.keyboard.press('Tab');
    await expect(desk.ladder).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(desk.answerBlock).toContainText('Showing');
    await page.keyboard.press('Tab');
    await expect(desk.record).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(desk.ladder).toBeFocused();
    expect(complaints).toEqual([]);
  });

  test('each size is read out with its risk and what it is', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const told = await recommendation(dataFolder, { equity: 200 });
    await desk.type(desk.equity, '200');
    await desk.showsWhat(told);
    const { size, pLiquidation } = told.recommended!;
    const p = (pLiquidation! * 100).toFixed(1);
    const rungs = await desk.readOut();
    expect(rungs).toContain(`${sizeText(size)} ounces, ${p} percent, recommended`);
    expect(rungs.at(-1)).toBe('4.50 ounces, no margin');
    for (const rung of rungs) {
      expect(rung).toMatch(
        /^\d\.\d\d ounces, (\d+\.\d+ percent, (under the limit|recommended|over the limit)|no margin)$/,
      );
    }
    await expect(desk.ladder.getByRole('option', { selected: true })).toHaveAccessibleName(
      /recommended$/,
    );
    expect(complaints).toEqual([]);
  });

  test('a new answer is said once the hand rests', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const said = desk.answerBlock.locator('[aria-live=polite]');
    await desk.type(desk.equity, '700');
    const told = await recommendation(dataFolder, { equity: 700 });
    await expect(said).toHaveText(`${sizeText(told.recommended!.size)} ounces, long. ${told.why}`);
    expect(complaints).toEqual([]);
  });

  test('the screens are reached by keys, and all keys are listed under ?', async ({
    desk: page,
    complaints,
  }) => {
    await expect(new DeskScreen(page).rungs).toHaveCount(30);
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'All keys' });
    await expect(keys).toContainText('Record this decision');
    await page.keyboard.press('r');
    await page.keyboard.press('Escape');
    await expect(keys).toHaveCount(0);
    await page.keyboard.press('Control+2');
    await expect(page.getByText('Nothing recorded yet.')).toBeVisible();
    for (const [key, screen] of [
      ['3', 'Training'],
      ['4', 'Evaluate'],
      ['5', 'Data'],
    ] as const) {
      await page.keyboard.press(`Control+${key}`);
      await expect(page.getByRole('heading', { name: screen, exact: true })).toBeVisible();
    }
    await page.keyboard.press('Control+1');
    await expect(new DeskScreen(page).answer).toBeVisible();
    expect(complaints).toEqual([]);
  });
});

test.describe('the smallest window, 1024 by 640', () => {
  test.use({ viewport: { width: 1024, height: 640 } });

  test('shows the answer, the recommended row and the button without scrolling', async ({
    desk: page,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const wide = 'document.documentElement.scrollWidth > innerWidth';
    const inView = async () => {
      await expect(desk.answer).toBeInViewport({ ratio: 1 });
      await expect(desk.recommendedRung).toBeInViewport({ ratio: 1 });
      await expect(desk.record).toBeInViewport({ ratio: 1 });
      expect(await page.evaluate(wide)).toBe(false);
    };
    await inView();
    for (const equity of ['250', '20000', '30']) {
      await desk.type(desk.equity, equity);
      await desk.type(desk.threshold, equity === '30' ? '25' : '10');
      await expect(desk.recommendedRung).toHaveCount(1);
      await inView();
    }
    for (const screen of ['History', 'Data', 'Settings'] as const) {
      await goTo(page, screen);
      await expect(page.getByRole('heading', { name: screen, level: 1 })).toBeVisible();
      expect(await page.evaluate(wide), screen).toBe(false);
    }
    expect(complaints).toEqual([]);
  });
});
