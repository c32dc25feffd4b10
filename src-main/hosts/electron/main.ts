import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog } from 'electron';
import { defaultDataFolder, openApp } from '../../app/open-app.ts';
import { CodedError } from '../../contract/errors.ts';
import { faultText } from '../fault-text.ts';
import { setMenu } from './menu.ts';
import { printPdf } from './print-pdf.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { denyNavigation, denyPermissions } from './security.ts';
import { keyStore } from './key-store.ts';
import { answerCalls, tellChosen, tellEvents } from './window-calls.ts';
import { openWindow } from './window.ts';

const WINDOW_FOLDER = fileURLToPath(new URL('../renderer', import.meta.url));

const dataFolder = resolve(app.commandLine.getSwitchValue('data') || defaultDataFolder());

try {
  start();
} catch (error) {
  fail(error);
}

/** What must stand before Electron is ready. */
function start(): void {
  setProfile(join(dataFolder, 'window'));
  app.enableSandbox();
  registerPageScheme();
  denyNavigation();
  if (app.requestSingleInstanceLock()) app.whenReady().then(run).catch(fail);
  else app.quit();
}

/** Chromium's own files. The folder also is what "single instance" is counted by. */
function setProfile(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const problem = (error as Error).message;
    throw new CodedError('folder-unusable', { folder: dataFolder, problem });
  }
  app.setPath('userData', folder);
}

function fail(error: unknown): void {
  dialog.showErrorBox('Size Picker cannot start', faultText(error));
  app.exit(1);
}

async function run(): Promise<void> {
  denyPermissions();
  servePage(WINDOW_FOLDER);
  const sizePicker = await openApp({
    dataFolder,
    shell: 'electron',
    keyStore: keyStore(),
    newWindow,
    printPdf,
  });
  app.once('will-quit', (event) => {
    event.preventDefault();
    void sizePicker.close().finally(() => app.exit());
  });
  answerCalls(sizePicker);
  newWindow();
  setMenu((item) => {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    if (window) tellChosen(window.webContents, item);
  });
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });

  function newWindow() {
    tellEvents(sizePicker, openWindow(join(dataFolder, 'window-place.json')).webContents);
  }
  console.log(`Shell: Electron. Data folder: ${dataFolder}`);
}
