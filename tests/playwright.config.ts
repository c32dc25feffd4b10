import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: './e2e',
  outputDir: '../test-results/playwright',
  // Each test has an app of its own; the app itself uses the other core.
  workers: 1,
  timeout: 60_000,
  // One set of pictures: they are only compared where the browser is the one that drew them.
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  expect: { toHaveScreenshot: { maxDiffPixelRatio: 0.002, animations: 'disabled', caret: 'hide' } },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: '../test-results/playwright.json' }]],
  use: { trace: 'retain-on-failure', viewport: { width: 1440, height: 900 } },
});
