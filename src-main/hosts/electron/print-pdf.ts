import { BrowserWindow } from 'electron';
import { CodedError } from '../../contract/errors.ts';

/** Prints a page of HTML in a window that nobody sees and that runs no script. Throws `not-printed`. */
export async function printPdf(page: string): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      javascript: false,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  try {
    const address = Buffer.from(page).toString('base64');
    await window.loadURL(`data:text/html;charset=utf-8;base64,${address}`);
    return await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
  } catch (error) {
    throw new CodedError('not-printed', { problem: (error as Error).message }, { cause: error });
  } finally {
    window.destroy();
  }
}
