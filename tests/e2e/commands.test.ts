import { seriousFaults } from './axe.ts';
import { DeskScreen } from './desk-screen.ts';
import { expect, test } from './running-app.ts';

test.describe('the command palette', () => {
  test('opens by Ctrl K anywhere, finds by words in any order, and does what is chosen', async ({
    desk: page,
    complaints,
  }) => {
    await expect(new DeskScreen(page).rungs).toHaveCount(30);
    await page.keyboard.press('Control+4');
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Commands' });
    const field = palette.getByRole('combobox', { name: 'Find a command' });
    await expect(field).toBeFocused();
    expect(await seriousFaults(page)).toEqual([]);
    await field.fill('start rand');
    await expect(palette.getByRole('option')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(palette).toBeHidden();
    await expect(new DeskScreen(page).ladder).toBeVisible();
    await expect(page.getByText('Bar 6,000 of 6,000')).toHaveCount(0);

    await page.keyboard.press('Control+k');
    await expect(palette.getByRole('option').first()).toHaveText(/Random start/);
    expect(complaints).toEqual([]);
  });

  test('says why a command cannot be done now, and does not do it', async ({
    desk: page,
    complaints,
  }) => {
    await expect(page.getByText('Bar 6,000 of 6,000')).toBeVisible();
    await page.getByRole('button', { name: /^Commands/ }).click();
    const palette = page.getByRole('dialog', { name: 'Commands' });
    await palette.getByRole('combobox').fill('play or pause');
    await expect(palette.getByRole('option')).toContainText('This is the newest bar.');
    await page.keyboard.press('Enter');
    await expect(palette).toBeVisible();
    await palette.getByRole('combobox').fill('nothing of the kind');
    await expect(palette.getByRole('status')).toHaveText(/Try fewer letters/);
    await page.keyboard.press('Escape');
    await expect(palette).toBeHidden();
    expect(complaints).toEqual([]);
  });

  test('opens a series and changes the theme', async ({ desk: page, complaints }) => {
    await expect(new DeskScreen(page).rungs).toHaveCount(30);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a command' }).fill('light theme');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await page.keyboard.press('Control+5');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a command' }).fill('open synthetic');
    await page.keyboard.press('Enter');
    await expect(new DeskScreen(page).rungs).toHaveCount(30);
    expect(complaints).toEqual([]);
  });
});

test.describe('the menu in the page', () => {
  test('has the same commands, by arrows and letters, and gives the focus back', async ({
    desk: page,
    complaints,
  }) => {
    const button = page.getByRole('button', { name: 'Menu' });
    await button.focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('menu', { name: 'Menu' });
    await expect(menu.getByRole('menuitem', { name: 'Import a series…' })).toBeFocused();
    await expect(menu.getByRole('group')).toHaveCount(6);
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('r');
    await expect(menu.getByRole('menuitem', { name: /^Record/ })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(button).toBeFocused();
    await button.click();
    await menu.getByRole('menuitem', { name: /^Evaluate Ctrl 4/ }).click();
    await expect(page.getByRole('heading', { name: 'Evaluate' })).toBeVisible();
    expect(complaints).toEqual([]);
  });
});

test('letters work while a slider or a choice has the focus, which keeps its own arrows', async ({
  desk: page,
  complaints,
}) => {
  const desk = new DeskScreen(page);
  await expect(desk.rungs).toHaveCount(30);
  await page.getByRole('radio', { name: 'H1' }).focus();
  await page.keyboard.press('s');
  await expect(page.getByRole('radio', { name: 'Short' })).toBeChecked();
  await desk.equitySlider.focus();
  const before = await desk.equity.inputValue();
  await page.keyboard.press('ArrowUp');
  await expect(desk.equity).not.toHaveValue(before);
  await expect(desk.answerBlock).not.toContainText('Showing');
  await page.keyboard.press('l');
  await expect(page.getByRole('radio', { name: 'Long' })).toBeChecked();
  expect(complaints).toEqual([]);
});
