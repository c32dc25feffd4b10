import { createHash } from 'node:crypto';
import { readCandles } from '../../market/read-candles.ts';
import { readResource } from '../folder/resources.ts';
import type { Store } from '../../store/store.ts';

const FILE = 'demo/synthetic-gold-h1.csv';
const NAME = 'Synthetic demo';

/** A first start shows the bundled synthetic series, so that the desk is never empty. */
export function keepDemoSeries(store: Store): void {
  if (store.series.list().length > 0) return;
  const file = readResource(FILE);
  const { bars } = readCandles(file, FILE, { name: NAME, symbol: 'DEMO', clock: 'utc' });
  if (!bars) throw new Error(`the bundled ${FILE} cannot be read`);
  const origin = {
    name: NAME,
    symbol: 'DEMO',
    timeframe: 'H1' as const,
    clock: 'utc',
    synthetic: true,
    sourceName: FILE,
    sourceSha256: createHash('sha256').update(file).digest('hex'),
  };
  store.series.add(origin, bars);
}
