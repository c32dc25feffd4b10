import { fileURLToPath } from 'node:url';
import { BrowserWindow } from 'electron';
import { PAGE } from './page-protocol.ts';

/** The build puts the preload script beside this file's folder: out/main, out/preload. */
const PRELOAD = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));

export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Size Picker',
    webPreferences: {
      preload: PRELOAD,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  // Shown when painted, so that no white flash precedes the dark desk.
  window.once('ready-to-show', () => window.show());
  void window.loadURL(PAGE);
  return window;
}
