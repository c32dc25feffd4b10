import { basename } from 'node:path';
import { refusedImport } from '../../contract/series.ts';
import { readCandles } from '../../market/read-candles.ts';
import { readWhole } from '../folder/files.ts';
import type { ClockChoice } from '../../contract/series.ts';
import type { HeldSeries } from './series-cache.ts';

/** The bars of a candle file as if it were imported. Throws `file-unreadable`, `import-refused`. */
export function heldFile(file: string, clockOfFile: ClockChoice): HeldSeries {
  const settings = { symbol: 'FILE', clock: clockOfFile };
  const { report, bars } = readCandles(readWhole(file), basename(file), settings);
  const { name, symbol, timeframe, clock, from, to } = report;
  if (!bars || !timeframe || !clock || from === null || to === null) {
    throw refusedImport(report);
  }
  const info = { name, symbol, timeframe, clock, from, to, bars: report.bars, synthetic: false };
  return { info, storedAs: timeframe, bars };
}
