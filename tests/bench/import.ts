import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importCandles } from '../../src-main/app/series/candle-files.ts';
import { openStore } from '../../src-main/store/store.ts';
import { median, print, spread } from './measure.ts';

const BARS = 1_000_000;
const RUNS = 5;
const START = Date.UTC(2020, 0, 5, 22) / 60_000;
const MINUTES_A_WEEK = 7 * 24 * 60;
const OPEN_MINUTES = 5 * 24 * 60;

/** A MetaTrader 5 export of one-minute bars in UTC: five days of trading, two of rest. */
function writeExport(file: string): void {
  const lines = ['<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>'];
  let cents = 180_000;
  let state = 1;
  const below = (n: number) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % n;
  const price = (n: number) => (n / 100).toFixed(2);
  for (let i = 0; i < BARS; i++) {
    const minute = START + Math.floor(i / OPEN_MINUTES) * MINUTES_A_WEEK + (i % OPEN_MINUTES);
    const [date, time] = new Date(minute * 60_000).toISOString().split('T') as [string, string];
    const open = cents;
    cents = Math.max(50_000, open + below(61) - 30);
    const high = Math.max(open, cents) + below(20);
    const low = Math.min(open, cents) - below(20);
    const prices = [open, high, low, cents].map(price).join('\t');
    lines.push(
      `${date.replaceAll('-', '.')}\t${time.slice(0, 8)}\t${prices}\t${below(300)}\t0\t25`,
    );
  }
  writeFileSync(file, `${lines.join('\r\n')}\r\n`);
}

/** From the bytes on the disk to committed rows, worker start included. */
export async function benchImport(): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'size-picker-bench-'));
  try {
    const file = join(place, 'M1.csv');
    writeExport(file);
    const seconds: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const folder = join(place, `data-${run}`);
      const store = openStore(folder);
      const start = performance.now();
      const { added } = await importCandles({
        folder,
        file: readFileSync(file),
        fileName: 'M1.csv',
        settings: { symbol: 'XAUUSD', clock: 'utc' },
        commit: true,
      });
      seconds.push((performance.now() - start) / 1000);
      store.close();
      if (added !== BARS) throw new Error(`${added} bars were imported, not ${BARS}`);
    }
    seconds.sort((a, b) => a - b);
    print({
      name: `import of ${BARS} one-minute bars (${(statSync(file).size / 1e6).toFixed(0)} MB)`,
      value: median(seconds),
      unit: 's',
      target: '≤ 5 s',
      met: median(seconds) <= 5,
      note: spread(seconds),
    });
  } finally {
    rmSync(place, { recursive: true });
  }
}
