import { candlesNeeded, CANDLE_WINDOW_LENGTH } from '../domain/features/features.ts';
import { LEVERAGE_AT_LARGEST } from '../domain/account/broker.ts';
import { CodedError } from '../contract/errors.ts';
import { decodeWeights, type StoredV1, type StoredV2 } from './model-file.ts';
import { PlainNetwork } from './plain-network.ts';
import { standardise, type Scaler } from './train/scaler.ts';
import { layerSize } from './train/weights.ts';
import { windowInputs, WINDOW_INPUTS, windowStandardiser } from './window-inputs.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { ExitRule } from '../domain/exits/exit-rule.ts';
import type { Direction } from '../domain/units.ts';

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

  constructor(stored: StoredV1 | StoredV2) {
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
