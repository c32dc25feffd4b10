/// <reference lib="dom" />
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { printedAddress, startHost } from '../support/browser-host.ts';
import { testBrowser } from '../support/chromium.ts';
import { median, print, quantile } from './measure.ts';

const SECONDS = 15;
const BARS_A_SECOND = 100;

/** Frames and layout while a hundred bars a second replay. Needs `npm run build` first. */
export async function benchReplay(): Promise<void> {
  const browser = await chromium.launch(await testBrowser());
  const folder = mkdtempSync(join(tmpdir(), 'size-picker-bench-'));
  const host = startHost(['--data', folder, '--no-open']);
  const ended = once(host, 'exit');
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(await printedAddress(host.stdout));
    await page.getByRole('option', { name: /recommended/ }).waitFor();
    await jumpBack(page);
    await page.getByLabel('Bars a second').selectOption(`${BARS_A_SECOND}/s`);
    const from = await barShown(page);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    const { frames, moved } = await page.evaluate(watchFrames, SECONDS);
    const bars = (await barShown(page)) - from;
    report(frames, bars, moved);
  } finally {
    await browser.close();
    host.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  }
}

function report(frames: readonly number[], bars: number, moved: number): void {
  const sorted = [...frames].sort((a, b) => a - b);
  const total = frames.reduce((sum, ms) => sum + ms, 0);
  const perSecond = (frames.length / total) * 1000;
  print({
    name: `frames a second while ${BARS_A_SECOND} bars a second replay`,
    value: perSecond,
    unit: 'fps',
    target: '≥ 58 (the screen draws 60)',
    met: perSecond >= 58,
    note: `frame median ${median(sorted).toFixed(1)} ms, p99 ${quantile(sorted, 0.99).toFixed(1)} ms`,
  });
  print({
    name: 'bars a second that were replayed',
    value: bars / (total / 1000),
    unit: 'bars/s',
    target: `≥ ${BARS_A_SECOND * 0.9}`,
    met: bars / (total / 1000) >= BARS_A_SECOND * 0.9,
  });
  print({
    name: 'layout shifts while they replay',
    value: moved,
    unit: 'shifts',
    target: '0',
    met: moved === 0,
  });
}

async function jumpBack(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Jump to a date' }).click();
  const field = page.getByLabel('Date and time, UTC');
  const newest = Date.parse(`${(await field.inputValue()).replace(' ', 'T')}Z`);
  const back = new Date(newest - 180 * 86_400_000).toISOString();
  await field.fill(back.slice(0, 16).replace('T', ' '));
  await field.press('Enter');
  await page.waitForTimeout(500);
}

async function barShown(page: Page): Promise<number> {
  const [, bar] = /^Bar ([\d,]+)/.exec(await page.getByText(/^Bar [\d,]+ of/).innerText())!;
  return Number(bar!.replaceAll(',', ''));
}

interface Source {
  readonly previousRect: DOMRect;
  readonly currentRect: DOMRect;
}

/** Runs in the page: milliseconds from frame to frame, and how often something on the desk moved. */
async function watchFrames(seconds: number): Promise<{ frames: number[]; moved: number }> {
  let moved = 0;
  // A number that is aligned right begins elsewhere with each digit more: its box stands still.
  const isMove = ({ previousRect: a, currentRect: b }: Source) =>
    Math.abs(a.top - b.top) > 1 ||
    (Math.abs(a.left - b.left) > 1 && Math.abs(a.right - b.right) > 1);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { sources } = entry as unknown as { sources: readonly Source[] };
      if (sources.some(isMove)) moved++;
    }
  }).observe({ type: 'layout-shift', buffered: false });
  const frames: number[] = [];
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  let last = await nextFrame();
  const end = last + seconds * 1000;
  while (last < end) {
    const now = await nextFrame();
    frames.push(now - last);
    last = now;
  }
  return { frames, moved };
}
