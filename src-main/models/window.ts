import { CodedError } from '../contract/errors.ts';
import { LEVERAGE_AT_LARGEST } from '../domain/account/broker.ts';
import {
  CANDLE_FEATURES,
  CANDLE_WINDOW_LENGTH,
  candlesNeeded,
  candleWindow,
} from '../domain/features/features.ts';
import {
  FURTHEST,
  layerSize,
  PlainNetwork,
  standardise,
  type Flat,
  type Scaler,
} from './network.ts';
import { decodeWeights, type StoredFields } from './stored-model.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { ExitRule } from '../domain/exits/exit-rule.ts';
import type { Direction } from '../domain/units.ts';

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

/**
 * The net of a V1 or V2 on plain arrays, for several accounts on one window: the first layer, which
 * is nearly all of its work, is computed once a window, and what the account adds to it is a column.
 */
export class PlainWindowNetwork {
  readonly #exitRule: ExitRule;
  readonly #ofCandles: PlainNetwork;
  /** What log leverage, standardised, adds to each unit of the first layer. */
  readonly #ofAccount: Float32Array;
  readonly #rest: PlainNetwork;
  readonly #standardise: ReturnType<typeof windowStandardiser>;
  readonly #accountScaler: Scaler;
  readonly #raw = new Float64Array(WINDOW_INPUTS);
  readonly #inputs = new Float64Array(WINDOW_INPUTS);
  readonly #hidden: Float64Array;

  constructor(stored: Pick<StoredFields, 'exitRule' | 'layers' | 'scaler' | 'weights'>) {
    const { exitRule, layers, scaler } = stored;
    const [first, ...rest] = layers;
    const weights = decodeWeights(stored);
    const { outputs } = first!;
    this.#exitRule = exitRule;
    this.#ofCandles = new PlainNetwork([first!], weights.subarray(0, layerSize(first!)));
    this.#ofAccount = weights.subarray(CANDLE_WINDOW_LENGTH * outputs, WINDOW_INPUTS * outputs);
    this.#rest = new PlainNetwork(rest, weights.subarray(layerSize(first!)));
    this.#standardise = windowStandardiser(scaler);
    const { mean, deviation } = scaler;
    this.#accountScaler = { mean: mean.slice(-1), deviation: deviation.slice(-1) };
    this.#hidden = new Float64Array(outputs);
  }

  /**
   * Looks at the window up to the close of bar `at`. The function that comes of it gives the outputs
   * for an account whose effective leverage at 4.50 oz is `leverage`, in an array that the next call
   * reuses; it stands until another window is looked at. Throws `too-few-bars`.
   */
  lookAt(bars: Bars, at: number, direction: Direction): (leverage: number) => Float64Array {
    const needed = candlesNeeded(this.#exitRule);
    if (at + 1 < needed) throw new CodedError('too-few-bars', { needed, loaded: at + 1 });
    windowInputs(bars, at, direction, LEVERAGE_AT_LARGEST.from, this.#raw, 0);
    this.#standardise(this.#raw, 0, this.#inputs, 0);
    this.#inputs[CANDLE_WINDOW_LENGTH] = 0;
    const candles = this.#ofCandles.run(this.#inputs);
    return (leverage) => {
      const account = Float64Array.of(Math.log(leverage));
      standardise(account, this.#accountScaler);
      for (let i = 0; i < candles.length; i++) {
        this.#hidden[i] = Math.max(0, candles[i]! + account[0]! * this.#ofAccount[i]!);
      }
      return this.#rest.run(this.#hidden);
    };
  }
}
