import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const ON_LINUX = [
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'chromium',
  'chromium-browser',
];

const ON_MACOS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'Chromium.app/Contents/MacOS/Chromium',
];

const ON_WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
];

/** Executable of the Chrome, Edge or Chromium that is installed here, or null. */
export function findInstalledBrowser(): string | null {
  const { env, platform } = process;
  const [folders, names] =
    platform === 'win32'
      ? [[env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA], ON_WINDOWS]
      : platform === 'darwin'
        ? [['/Applications', join(env.HOME ?? '/', 'Applications')], ON_MACOS]
        : [(env.PATH ?? '').split(delimiter), ON_LINUX];
  return (
    names
      .flatMap((name) => folders.filter(Boolean).map((folder) => join(folder!, name)))
      .find((path) => existsSync(path)) ?? null
  );
}
