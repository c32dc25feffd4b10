import { csvLine } from '../../domain/csv.ts';
import { ounces, SIZES } from '../../domain/size.ts';
import { isoTime } from '../../domain/time/time.ts';
import { csvText, writeWhole } from '../folder/files.ts';
import { simulateTrades, type SimulationPlan } from './simulate-trades.ts';
import type { Bars } from '../../domain/bars/bars.ts';

const HEADER = [
  'entry_time',
  'direction',
  'entry_price',
  'exit_time',
  'exit_price',
  'bars',
  'mae',
  'final_return',
  ...SIZES.map((size) => `return_${ounces(size).toFixed(2)}`),
  ...SIZES.map((size) => `liquidated_${ounces(size).toFixed(2)}`),
];

/**
 * Simulated trades as CSV. Times are the openings of the entry and exit bars in UTC; `mae` and
 * `final_return` are shares of the entry price; the returns of the 30 sizes are shares of equity,
 * empty where margin does not allow the size.
 */
export function writeTrades(file: string, bars: Bars, plan: SimulationPlan): { trades: number } {
  const rows = Array.from(simulateTrades(bars, plan), (trade) =>
    csvLine([
      isoTime(bars.time[trade.entry]!),
      trade.direction,
      bars.close[trade.entry]!,
      isoTime(bars.time[trade.exit]!),
      bars.close[trade.exit]!,
      trade.exit - trade.entry,
      trade.adverse,
      trade.final,
      ...trade.returns.map((share) => (Number.isNaN(share) ? null : share)),
      ...trade.liquidated.map((is, i) => (Number.isNaN(trade.returns[i]) ? null : Number(is))),
    ]),
  );
  writeWhole(file, csvText([csvLine(HEADER), ...rows]));
  return { trades: rows.length };
}
