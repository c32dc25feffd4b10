import { csvLine } from '../../domain/csv.ts';
import { demoSeries } from '../../synth/demo.ts';
import { isoTime } from '../../domain/time/time.ts';
import { csvText, writeWhole } from '../folder/files.ts';
import { openMarket } from '../datasets/fit.ts';
import type { Store } from '../../store/store.ts';

const HEADER = 'time,open,high,low,close,tick_volume';

/** Writes a synthetic series of a fitted market as a candle file in UTC; gives the number of bars. */
export function writeDemo(store: Store, market: string, seed: number, file: string): number {
  const { time, open, high, low, close } = demoSeries(openMarket(store, market).parameters, seed);
  const prices = [open, high, low, close];
  const rows = Array.from(time, (seconds, i) =>
    csvLine([
      isoTime(seconds).slice(0, -1).replace('T', ' '),
      ...prices.map((column) => column[i]!.toFixed(2)),
      0,
    ]),
  );
  writeWhole(file, csvText([HEADER, ...rows]));
  return rows.length;
}
