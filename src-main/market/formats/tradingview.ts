import {
  headerCells,
  layoutByNames,
  PRICE_NAMES,
  withTraits,
  type CandleFormat,
} from '../format.ts';
import { timeFormOf } from '../times.ts';

/** What TradingView exports from a chart: `time` first, and the indicators of the chart after it. */
export const tradingview: CandleFormat = {
  name: 'TradingView export',
  layout(first, second) {
    const header = headerCells(first, ',');
    const cell = second.split(',', 1)[0]!.replaceAll('"', '').trim();
    const isItsTime = timeFormOf(cell).statesUtc !== null || /^\d{4}-\d\d-\d\d$/.test(cell);
    if (header.slice(0, 5).join() !== 'time,open,high,low,close' || !isItsTime) return null;
    const names = { date: ['time'], time: [], ...PRICE_NAMES, volume: ['volume'] };
    return withTraits(layoutByNames(header, ',', names), { mayLackVolume: true });
  },
};
