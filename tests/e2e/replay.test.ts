import { DeskScreen } from './desk-screen.ts';
import { expect, test } from './running-app.ts';
import type { Page } from '@playwright/test';

const place = (page: Page) => page.getByText(/^Bar [\d,]+ of 6,000$/);

async function barShown(page: Page): Promise<number> {
  const [, bar] = /^Bar ([\d,]+)/.exec(await place(page).innerText())!;
  return Number(bar!.replaceAll(',', ''));
}

async function jumpBack(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Random start' }).click();
  await expect(place(page)).not.toHaveText('Bar 6,000 of 6,000');
}

test.describe('replay', () => {
  test('plays by the space bar at the chosen speed, and stops', async ({
    desk: page,
    complaints,
  }) => {
    await jumpBack(page);
    await page.getByLabel('Bars a second').selectOption('100/s');
    const before = await place(page).innerText();
    await page.getByRole('button', { name: 'Random start' }).click();
    await expect(place(page)).not.toHaveText(before);
    const from = await barShown(page);
    await page.keyboard.press('Space');
    await expect.poll(() => barShown(page)).toBeGreaterThan(from + 30);
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    const stopped = await barShown(page);
    await page.waitForTimeout(300);
    expect(await barShown(page)).toBe(stopped);
    expect(complaints).toEqual([]);
  });

  test('jumps to a date, and says what is wrong with one that is none', async ({
    desk: page,
    complaints,
  }) => {
    await expect(place(page)).toHaveText('Bar 6,000 of 6,000');
    await page.getByRole('button', { name: 'Jump to a date' }).click();
    const dialog = page.getByRole('dialog', { name: 'Jump to a date' });
    const field = dialog.getByLabel('Date and time, UTC');
    const newest = await field.inputValue();
    await field.fill('yesterday');
    await expect(dialog.getByText('Write a date like')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Jump' })).toBeDisabled();
    await field.fill('1999-01-01');
    await expect(dialog.getByText(/has bars from/)).toBeVisible();
    await field.fill('2031-01-01');
    await expect(dialog.getByText(/has bars from/)).toBeVisible();
    await field.fill('2023-02-30');
    await expect(dialog.getByText('Write a date like')).toBeVisible();
    const monthAgo = new Date(Date.parse(`${newest.replace(' ', 'T')}Z`) - 30 * 86_400_000);
    await field.fill(monthAgo.toISOString().slice(0, 16).replace('T', ' '));
    await field.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(place(page)).not.toHaveText('Bar 6,000 of 6,000');
    await expect(page.getByRole('button', { name: 'Jump to a date' })).toBeFocused();
    expect(await barShown(page)).toBeGreaterThan(5_000);
    expect(complaints).toEqual([]);
  });

  test('places a size, runs it to the exit and reveals what every size came to', async ({
    desk: page,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await expect(desk.rungs).toHaveCount(30);
    await jumpBack(page);
    const button = page.getByRole('button', { name: /^Place \d\.\d\d oz/ });
    const size = /(\d\.\d\d)/.exec((await button.getAttribute('aria-label'))!)![1]!;
    await button.click();
    const strip = page.getByRole('region', { name: 'Facts', exact: true });
    await expect(strip).toContainText('On paper');
    await expect(strip).toContainText(`${size} oz, 0 bars, open`);
    await expect(page.getByRole('button', { name: 'Reveal' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Run to exit' }).click();
    await page.getByRole('button', { name: 'Reveal' }).click();

    const dialog = page.getByRole('dialog', { name: 'Outcome of every size' });
    await expect(dialog.getByText(new RegExp(`^Taken: ${size} oz returned`))).toBeVisible();
    const outcomes = dialog.getByRole('listbox', { name: 'Outcome of every size' });
    await expect(outcomes.getByRole('option')).toHaveCount(30);
    const taken = outcomes.getByRole('option', { selected: true });
    await expect(taken).toHaveAccessibleName(new RegExp(`^${size} ounces`));
    await expect(dialog.getByRole('table', { name: 'Score of the session' })).toContainText(
      /Taken\s*[01] of 1/,
    );
    await dialog.getByRole('button', { name: 'Back to the desk' }).click();
    await page.getByRole('button', { name: /^Session/ }).click();
    const session = page.getByRole('dialog', { name: 'Session' });
    await expect(session.getByRole('table', { name: 'Trades of the session' })).toContainText(size);
    await session.getByRole('button', { name: 'New session' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('button', { name: /^Session/ })).toBeVisible();
    expect(complaints).toEqual([]);
  });
});

test.describe('another step of bars', () => {
  test('shows the same moment in four-hour bars, and comes back', async ({
    desk: page,
    complaints,
  }) => {
    const steps = page.getByRole('radiogroup', { name: 'Timeframe' });
    await expect(steps.getByRole('radio', { name: 'H1' })).toBeChecked();
    await steps.getByText('H4').click();
    await expect(page.getByRole('region', { name: 'Chart' }).getByRole('img')).toHaveAccessibleName(
      /^Candles of \S+ H4 up to/,
    );
    await expect(page.getByText('This model was trained on H1 bars; these are H4.')).toBeVisible();
    await steps.getByText('H1').click();
    await expect(place(page)).toHaveText('Bar 6,000 of 6,000');
    // In the past the hour that was looked at is not lost in the whole days.
    await jumpBack(page);
    const bar = await barShown(page);
    await steps.getByText('D1').click();
    await expect(steps.getByRole('radio', { name: 'D1' })).toBeChecked();
    await expect(page.getByText(/^Bar [\d,]+ of \d{3}$/)).toBeVisible();
    await steps.getByText('H1').click();
    await expect(place(page)).toBeVisible();
    expect(await barShown(page)).toBe(bar);
    expect(complaints).toEqual([]);
  });
});
