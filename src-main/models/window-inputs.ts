import {
  CANDLE_FEATURES,
  CANDLE_WINDOW_LENGTH,
  candleWindow,
} from '../domain/features/features.ts';
import { FURTHEST, type Scaler } from './train/scaler.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { Direction } from '../domain/units.ts';
import type { Flat } from './train/optimiser.ts';

/** Inputs of V1 and V2 by name: those of each of the 128 candles, then the account. */
export const WINDOW_FEATURE_NAMES: readonly string[] = [...CANDLE_FEATURES, 'log_leverage'];
/** Numbers that V1 and V2 read: the candles, oldest first, and log of the leverage at 4.50 oz. */
export const WINDOW_INPUTS = CANDLE_WINDOW_LENGTH + 1;
const ACCOUNT = CANDLE_FEATURES.length;

/** Write what V1 and V2 read of a trade to `out` from `offset`, not yet standardised. */
export function windowInputs(
  bars: Bars,
  at: number,
  direction: Direction,
  leverageMax: number,
  out: Float32Array | Float64Array,
  offset: number,
): void {
  candleWindow(bars, at, direction, out, offset);
  out[offset + CANDLE_WINDOW_LENGTH] = Math.log(leverageMax);
}

const featureOf = (input: number) =>
  input === CANDLE_WINDOW_LENGTH ? ACCOUNT : input % CANDLE_FEATURES.length;

/** Mean and deviation of each of the six features over the given rows of [rows × WINDOW_INPUTS]. */
export function fitWindowScaler(table: Flat, rows: Int32Array): Scaler {
  const count = new Float64Array(WINDOW_FEATURE_NAMES.length);
  const sum = new Float64Array(count.length);
  const squares = new Float64Array(count.length);
  const over = (visit: (feature: number, value: number) => void) => {
    for (const row of rows) {
      const from = row * WINDOW_INPUTS;
      for (let i = 0; i < WINDOW_INPUTS; i++) visit(featureOf(i), table[from + i]!);
    }
  };
  over((feature, value) => {
    count[feature]!++;
    sum[feature]! += value;
  });
  const mean = Array.from(sum, (total, feature) => total / count[feature]!);
  over((feature, value) => {
    squares[feature]! += (value - mean[feature]!) ** 2;
  });
  const deviation = Array.from(squares, (total, i) => Math.sqrt(total / count[i]!) || 1);
  return { mean, deviation };
}

/**
 * A function that standardises row `row` of a table of inputs into row `to` of another: zero mean,
 * unit deviation, cut at five deviations.
 */
export function windowStandardiser({ mean, deviation }: Scaler) {
  const shift = Float64Array.from({ length: WINDOW_INPUTS }, (_, i) => mean[featureOf(i)]!);
  const scale = Float64Array.from(
    { length: WINDOW_INPUTS },
    (_, i) => 1 / deviation[featureOf(i)]!,
  );
  return (table: Flat, row: number, out: Flat, to: number): void => {
    const from = row * WINDOW_INPUTS;
    const at = to * WINDOW_INPUTS;
    for (let i = 0; i < WINDOW_INPUTS; i++) {
      const value = (table[from + i]! - shift[i]!) * scale[i]!;
      // Without branches, which a processor cannot foretell here, it takes a third of the time.
      out[at + i] = Math.min(FURTHEST, Math.max(-FURTHEST, value));
    }
  };
}
