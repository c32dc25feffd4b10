import { csvLine } from '../../domain/csv.ts';
import { isoTime } from '../../domain/time/time.ts';
import { SIZE_COUNT, SIZES } from '../../domain/size.ts';
import type { JudgedTrade } from './judged-trades.ts';

const HEADER = [
  'entry_time',
  'direction',
  'leverage_max',
  'mae',
  'final_return',
  ...SIZES.map((size) => `p_${String(size).padStart(2, '0')}`),
];

/**
 * Lines of a CSV with every judged trade: entry_time is the opening of the decision bar in UTC,
 * leverage_max the effective leverage at 4.50 oz, p_01 to p_30 the model's P(liquidation) of every
 * rung, those beyond the margin included. `p`: whole ladders of the trades.
 */
export function* predictionLines(
  trades: readonly JudgedTrade[],
  p: Float64Array,
): Generator<string> {
  yield csvLine(HEADER);
  for (const [i, { time, direction, leverageMax, mae, final }] of trades.entries()) {
    const ladder = p.subarray(i * SIZE_COUNT, (i + 1) * SIZE_COUNT);
    const at = isoTime(time);
    const risks = Array.from(ladder, (risk) => risk.toPrecision(8));
    yield csvLine([at, direction, leverageMax, mae, final, ...risks]);
  }
}
