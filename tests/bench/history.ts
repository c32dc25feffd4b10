import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openApp } from '../../src-main/app/open-app.ts';
import { STUDY_RULES } from '../../src-main/domain/account/broker.ts';
import { DEFAULT_APPETITE } from '../../src-main/domain/risk/decision.ts';
import { barsAt, goldTimes } from '../support/candle-files.ts';
import { fillWithTrades, tradeOn } from '../support/past-trades.ts';
import { median, print, quantile } from './measure.ts';
import type { ReviewQuery } from '../../src-main/contract/journal.ts';
import type { Money, Ounces } from '../../src-main/domain/units.ts';

const BARS = barsAt(goldTimes('2014-01-06', '2023-12-16'));
const HELD = 48;
const STEPS = 31;

/** Past trades while a slider moves, and the table while it is sorted and searched. */
export async function benchHistory(): Promise<void> {
  for (const trades of [10_000, 100_000]) await measure(trades);
}

async function measure(count: number): Promise<void> {
  const every = (BARS.time.length - 1_000) / count;
  const trades = Array.from({ length: count }, (_, i) =>
    tradeOn(BARS, 500 + Math.floor(i * every), HELD, { ticket: String(i) }),
  );
  const dataFolder = mkdtempSync(join(tmpdir(), 'size-picker-bench-'));
  fillWithTrades(dataFolder, trades, BARS);
  const app = await openApp({ dataFolder, shell: 'browser' });
  const whole = (equity: number) =>
    ({
      account: {
        equity: equity as Money,
        rules: STUDY_RULES,
        appetite: DEFAULT_APPETITE,
        policy: 'largest-safe',
        fixed: 1.5 as Ounces,
        ofDecisions: 'tried',
      },
      filter: { source: null, account: null, direction: null, outcome: null, text: '' },
      sort: { by: 'entry', descending: true },
    }) as const;
  const ask = async (more: Partial<ReviewQuery>, equity = 500) => {
    const began = performance.now();
    const query = {
      ...whole(equity),
      first: 0,
      count: 40,
      ...more,
    } as const;
    JSON.stringify(await app.handlers['journal.review'](query));
    return performance.now() - began;
  };
  const held = monitorEventLoopDelay({ resolution: 2 });
  held.enable();
  const first = await ask({});
  held.disable();
  const moved: number[] = [];
  for (let i = 0; i < STEPS; i++) moved.push(await ask({}, 300 + i * 20));
  const sorted = [
    await ask({ sort: { by: 'regret', descending: true } }, 900),
    await ask({ sort: { by: 'return', descending: false }, first: count / 2 }, 900),
  ];
  const filter = { source: null, account: null, direction: 'long', outcome: null, text: '77' };
  const searched = await ask({ filter } as Partial<ReviewQuery>, 900);
  moved.sort((a, b) => a - b);
  const of = `${count.toLocaleString('en-US')} past trades`;
  const ms = (name: string, value: number) => print({ name: `${of}: ${name}`, value, unit: 'ms' });
  ms('first look, bars and model', first);
  ms('longest wait of the app’s thread meanwhile', held.max / 1e6);
  const slider = {
    value: median(moved),
    unit: 'ms',
    note: `p95 ${quantile(moved, 0.95).toFixed(0)} ms`,
  };
  const asked = count === 10_000 ? { target: '≤ 100 ms', met: slider.value <= 100 } : {};
  print({ name: `${of}: a slider moved`, ...slider, ...asked });
  ms('sorted', Math.max(...sorted));
  ms('searched', searched);
  for (const format of ['csv', 'parquet', 'html'] as const) {
    const began = performance.now();
    await app.handlers['journal.export']({ query: whole(900), format });
    ms(`exported as ${format}`, performance.now() - began);
  }
  await app.close();
  rmSync(dataFolder, { recursive: true, force: true });
}
