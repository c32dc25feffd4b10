import type { Page } from '@playwright/test';
import type { Screen, SCREENS } from '../../src-main/contract/screens.ts';

/** Goes to a screen by the rail. */
export const goTo = (page: Page, screen: (typeof SCREENS)[Screen]['label']) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: screen }).click();

/** A file on the disk, or one made by the test. */
export type ChosenFile = string | { name: string; mimeType: string; buffer: Buffer };

export const madeFile = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(content),
});

/** Chooses a file of candles on the Data screen. */
export async function chooseFile(page: Page, file: ChosenFile): Promise<void> {
  await goTo(page, 'Data');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import series…' }).click();
  await (await chooser).setFiles(file);
}
