import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultDataFolder, openApp, type AppOptions } from '../../app/open-app.ts';
import { USAGE, windowArguments, type WindowArguments } from '../arguments.ts';
import { hasDisplay } from '../display.ts';
import { exitCodeOf, faultText } from '../fault-text.ts';
import { findInstalledBrowser } from './installed-browser.ts';
import { serveLoopback } from './loopback-server.ts';

/** The build puts the window beside this file's folder: out/main, out/renderer. */
const WINDOW_FOLDER = fileURLToPath(new URL('../renderer', import.meta.url));
/** A window that was left open takes over a second start's address and connects within this. */
const HAND_OVER_MS = 3000;

async function run({ dataFolder, port, open }: WindowArguments): Promise<void> {
  const folder = resolve(dataFolder ?? defaultDataFolder());
  const app = await openApp({ dataFolder: folder, shell: 'browser', feedHosts: feedHosts() });
  const server = await serveLoopback({ app, folder: WINDOW_FOLDER, port }).catch(async (error) => {
    await app.close();
    throw error;
  });

  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stopping.abort());
  }
  const stopped = once(stopping.signal, 'abort');

  console.log(`Shell: browser. Data folder: ${folder}`);
  const browser = open && hasDisplay() ? findInstalledBrowser() : null;
  const window = browser
    ? openWindow(browser, server.oneTimeAddress, join(folder, 'window'))
    : null;
  if (window) {
    console.log(`Size Picker opens in ${browser}`);
    window.once('error', ready);
    window.once('exit', () => void server.windowsGone(HAND_OVER_MS).then(() => stopping.abort()));
  } else {
    ready();
  }

  function ready() {
    console.log(`Size Picker is ready at ${server.oneTimeAddress}`);
  }

  await stopped;
  window?.kill();
  await server.close();
  await app.close();
}

/** Where feeds are asked for bars: tests put servers of their own in the place of the services. */
function feedHosts(): NonNullable<AppOptions['feedHosts']> {
  const others: unknown = JSON.parse(process.env.SIZE_PICKER_FEED_HOSTS || '{}');
  return others as NonNullable<AppOptions['feedHosts']>;
}

/** An app window of its own profile, so that its process lives as long as the window. */
function openWindow(browser: string, address: string, profile: string) {
  // Later starts: the browser keeps the window's place itself, and puts it on a screen that is there.
  const size = existsSync(profile) ? [] : ['--window-size=1440,900'];
  const flags = ['--no-first-run', '--no-default-browser-check', ...size];
  return spawn(browser, [`--app=${address}`, `--user-data-dir=${profile}`, ...flags], {
    stdio: 'ignore',
  });
}

try {
  const args = windowArguments(process.argv.slice(2));
  if (args.help) console.log(USAGE);
  else await run(args);
  process.exit();
} catch (error) {
  console.error(faultText(error));
  process.exit(exitCodeOf(error));
}
