import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

// The app and the commands that a test starts read what an earlier one has compiled.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../node_modules/.cache/compiled', import.meta.url),
);

/** `--project=long`: what takes a minute. */
const isLong = process.argv.includes('--project=long');

export default defineConfig({
  testDir: './e2e',
  outputDir: '../test-results/playwright',
  // Each test has an app and a folder of its own, so any two can run at once.
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  // One set of pictures: they are only compared where the browser is the one that drew them.
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  expect: {
    // The other worker may have the machine for a while.
    timeout: 10_000,
    toHaveScreenshot: { maxDiffPixelRatio: 0.002, animations: 'disabled', caret: 'hide' },
  },
  forbidOnly: Boolean(process.env.CI),
  reporter: [
    ['list'],
    ['json', { outputFile: `../test-results/playwright${isLong ? '-long' : ''}.json` }],
  ],
  // The workers find the browser unpacked: two that unpack it at once read each other's half.
  globalSetup: './support/chromium.ts',
  projects: [
    { name: 'usual', grepInvert: /@long/ },
    { name: 'long', grep: /@long/ },
  ],
  // A trace of every test costs a fifth of the time: --trace on has it of one that failed.
  use: { screenshot: 'only-on-failure', viewport: { width: 1440, height: 900 } },
});
