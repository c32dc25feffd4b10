import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DEFAULT_NAMES: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/**
 * Electron's executable where it has been fetched, or null. The package holds none, and importing
 * it to find out would start the download.
 *
 * @param root folder that holds node_modules
 */
export function findElectron(root: string): string | null {
  const electron = join(root, 'node_modules', 'electron');
  const pathFile = join(electron, 'path.txt');
  const name = existsSync(pathFile)
    ? readFileSync(pathFile, 'utf8').trim()
    : (DEFAULT_NAMES[process.platform] ?? 'electron');
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electron, 'dist');
  const path = join(folder, name);
  return existsSync(path) ? path : null;
}
