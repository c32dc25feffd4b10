import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Browser, type Page } from '@playwright/test';
import { printedAddress, startHost } from '../support/browser-host.ts';
import { testBrowser } from '../support/chromium.ts';

/** The built app behind its loopback server. */
export interface RunningApp {
  readonly oneTimeAddress: string;
  /** http://127.0.0.1:PORT */
  readonly origin: string;
  /** Ends it as a person would; it must go cleanly. */
  stop(): Promise<void>;
}

interface Fixtures {
  /** An empty folder of the test's own. */
  dataFolder: string;
  /** Starts the app on that folder; one that still runs is stopped after the test. */
  startApp: (env?: NodeJS.ProcessEnv) => Promise<RunningApp>;
  /** The app on that folder, started. */
  app: RunningApp;
  /** The window as a trader gets it: opened by the one-time address. */
  desk: Page;
  /** What the page complained of: policy violations, script errors, failed requests. */
  complaints: string[];
}

export const test = base.extend<Fixtures, { browser: Browser }>({
  browser: [
    async ({ playwright }, use) => {
      const browser = await playwright.chromium.launch(await testBrowser());
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  // Playwright reads the fixtures that are needed from the parameter, so it must be a pattern.
  // eslint-disable-next-line no-empty-pattern
  dataFolder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'size-picker-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },

  startApp: async ({ dataFolder }, use) => {
    const started: RunningApp[] = [];
    await use(async (env) => {
      const app = await startOn(dataFolder, env);
      started.push(app);
      return app;
    });
    for (const app of started) await app.stop();
  },

  app: async ({ startApp }, use) => use(await startApp()),

  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'failed';
      // A reload cuts off what was still on its way: that is the test's doing, not the page's.
      if (why !== 'net::ERR_ABORTED') complaints.push(`${why}: ${request.url()}`);
    });
    await use(complaints);
  },

  // The complaints come first: listening starts before the page does.
  desk: async ({ app, complaints: _, page }, use) => {
    await page.goto(app.oneTimeAddress);
    await use(page);
  },
});

async function startOn(dataFolder: string, env?: NodeJS.ProcessEnv): Promise<RunningApp> {
  const host = startHost(['--data', dataFolder, '--no-open'], { ...process.env, ...env });
  host.stderr.pipe(process.stderr);
  const ended = once(host, 'exit');
  const oneTimeAddress = await printedAddress(host.stdout);
  host.stdout.resume();
  return {
    oneTimeAddress,
    origin: new URL(oneTimeAddress).origin,
    async stop() {
      host.kill('SIGTERM');
      expect(await ended, 'exit code and signal').toEqual([0, null]);
    },
  };
}

export { expect };
