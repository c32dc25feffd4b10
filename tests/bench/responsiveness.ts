/// <reference lib="dom" />
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { chromium } from '@playwright/test';
import { generate } from '../../src-main/app/datasets/generate.ts';
import { openApp } from '../../src-main/app/open-app.ts';
import { presetConfig } from '../../src-main/app/training/presets.ts';
import { openStore } from '../../src-main/store/store.ts';
import { printedAddress, startHost } from '../support/browser-host.ts';
import { testBrowser } from '../support/chromium.ts';
import { print } from './measure.ts';

/** No task of the main thread may take longer. */
const LONGEST_MS = 50;
const TRADES = 100_000;

/** Whether window and app stay responsive while a model is trained. Needs `npm run build` first. */
export async function benchResponsiveness(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'size-picker-bench-'));
  try {
    const store = openStore(folder);
    const plan = { kind: 'natural', exit: 'cross', seed: 1, leverage: 20 } as const;
    await generate(store, { ...plan, name: 'bench', trades: TRADES, market: 'gold-h1' }, {});
    store.close();
    report('app: longest wait of its thread during training', await longestWaitOfTheApp(folder));
    report(
      'window: longest task of its thread during training',
      await longestTaskOfThePage(folder),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const report = (name: string, ms: number) =>
  print({ name, value: ms, unit: 'ms', target: `≤ ${LONGEST_MS} ms`, met: ms <= LONGEST_MS });

/** Milliseconds, while V3 is trained through the app's handlers. */
async function longestWaitOfTheApp(dataFolder: string): Promise<number> {
  const app = await openApp({ dataFolder, shell: 'browser' });
  const ended = Promise.withResolvers<void>();
  app.subscribe((name, payload) => {
    if (name === 'training.changed' && 'plan' in payload && payload.state === 'done') {
      ended.resolve();
    }
  });
  const config = presetConfig('v3', 'standard');
  const start = { kind: 'v3', dataset: 'bench', name: 'bench', seed: 1, config, trial: null };
  await app.handlers['training.start']({ ...start, kind: 'v3' });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await ended.promise;
  delay.disable();
  await app.close();
  return delay.max / 1e6;
}

/** Runs in the page: keeps the longest task of more than 50 ms, once it has shown that it sees one. */
async function watchTasks(): Promise<void> {
  const longest = { ms: 0 };
  Object.assign(window, { longest });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest.ms = Math.max(longest.ms, duration);
  }).observe({ entryTypes: ['longtask'] });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const end = performance.now() + 80;
  while (performance.now() < end);
  await new Promise((resolve) => setTimeout(resolve, 200));
  if (longest.ms < 80) throw new Error('long tasks are not seen');
  longest.ms = 0;
}

/** Milliseconds, 0 for none of more than 50, while the Training screen shows a run of V3. */
async function longestTaskOfThePage(folder: string): Promise<number> {
  const browser = await chromium.launch(await testBrowser());
  const host = startHost(['--data', folder, '--no-open']);
  const ended = once(host, 'exit');
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(await printedAddress(host.stdout));
    await page.getByRole('button', { name: 'Training', exact: true }).click();
    await page.getByLabel('Name', { exact: true }).fill('bench in the window');
    await page.evaluate(watchTasks);
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByRole('button', { name: 'Use this model' }).waitFor({ timeout: 120_000 });
    return await page.evaluate(() => (window as unknown as { longest: { ms: number } }).longest.ms);
  } finally {
    await browser.close();
    host.kill('SIGTERM');
    await ended;
  }
}
