import { findInstalledBrowser } from '../../src-main/hosts/browser/installed-browser.ts';
import { DeskScreen } from './desk-screen.ts';
import { expect, test } from './running-app.ts';

/** What the chart and the ladder look like, pixel by pixel, on the demo that every app begins with. */
test.describe('a picture of', () => {
  // Browsers draw letters and lines each in their own way: the pictures are of the npm package's.
  test.skip(
    findInstalledBrowser() !== null,
    'another browser is installed than the one drawn with',
  );
  test.skip(process.platform !== 'linux', 'the pictures were drawn on Linux');

  for (const theme of ['dark', 'light'] as const) {
    test(`chart and ladder, ${theme}`, async ({ desk: page, complaints }) => {
      const desk = new DeskScreen(page);
      await expect(desk.rungs).toHaveCount(30);
      if (theme === 'light') await page.keyboard.press('Control+Shift+L');
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      const ladder = page.getByRole('region', { name: 'Sizes' });
      const chart = page.getByRole('region', { name: 'Chart' });
      await page.mouse.move(0, 0);
      await expect(ladder).toHaveScreenshot(`ladder-${theme}.png`);
      await expect(chart).toHaveScreenshot(`chart-${theme}.png`);
      // Short of margin, with a size looked at: hatched rows, and the line of that size.
      await desk.type(desk.equity, '300');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await expect(ladder).toHaveScreenshot(`ladder-short-of-margin-${theme}.png`);
      await expect(chart).toHaveScreenshot(`chart-another-size-${theme}.png`);
      expect(complaints).toEqual([]);
    });
  }
});
