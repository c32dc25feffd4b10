import { fileURLToPath } from 'node:url';
import { BrowserWindow, screen } from 'electron';
import { PAGE } from './page-protocol.ts';
import { clampToScreens, keepPlace, readPlace, SMALLEST } from './window-place.ts';

/** The build puts the preload script beside this file's folder: out/main, out/preload. */
const PRELOAD = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));
/** A second window stands a little beside the first. */
const BESIDE = 32;

/** A window where the last one stood, as far as the screens allow; `placeFile` keeps where that is. */
export function openWindow(placeFile: string): BrowserWindow {
  const kept = readPlace(placeFile);
  const others = BrowserWindow.getAllWindows().length;
  const beside = kept && { ...kept, x: kept.x + others * BESIDE, y: kept.y + others * BESIDE };
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const place = beside && clampToScreens(beside, areas);
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...(place && { x: place.x, y: place.y, width: place.width, height: place.height }),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
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
  if (place?.maximised) window.maximize();
  // Shown when painted, so that no white flash precedes the dark desk.
  window.once('ready-to-show', () => window.show());
  // Its place when it was not maximised: that is what it goes back to.
  window.on('close', () => {
    keepPlace(placeFile, { ...window.getNormalBounds(), maximised: window.isMaximized() });
  });
  void window.loadURL(PAGE);
  return window;
}
