import { RISK_FEATURE_COUNT, riskFeatures } from '../../domain/features/features.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
import { WINDOW_INPUTS, windowInputs } from '../window.ts';
import type { TradeOnBars, TradeReader } from '../../datasets/reader.ts';
import type { ExitRule } from '../../domain/exits/exit-rule.ts';

/**
 * What models learn from trades: a row of a table of columns each. The columns lie in shared memory,
 * so that several threads can fill them.
 */
export interface Examples {
  readonly count: number;
  /** Step of the bars. */
  readonly barSeconds: number;
  /** [count × RISK_FEATURE_COUNT], as they are read from the candles. */
  readonly features: Float32Array;
  /** Log volatility that the trade's moves are measured in. */
  readonly reference: Float64Array;
  /** Adverse excursion and final move, as shares of the entry price. */
  readonly mae: Float64Array;
  readonly final: Float64Array;
  readonly weight: Float64Array;
  readonly path: Int32Array;
  /** Rungs that margin allows, the largest of them that survives, the best in hindsight (1 to 30). */
  readonly feasible: Uint8Array;
  readonly survivors: Uint8Array;
  readonly best: Uint8Array;
  /** [count × 30], shares of equity; 0 where margin does not allow the size. */
  readonly returns: Float32Array;
  /** [count × WINDOW_INPUTS], as they are read from the candles; null where nobody needs them. */
  readonly windows: Float32Array | null;
}

type NumberArray<T> = { new (buffer: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number };
const shared = <T>(kind: NumberArray<T>, length: number): T =>
  new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT));

/** Room for `count` trades. */
export function emptyExamples(count: number, barSeconds: number, withWindows: boolean): Examples {
  return {
    count,
    barSeconds,
    features: shared(Float32Array, count * RISK_FEATURE_COUNT),
    reference: shared(Float64Array, count),
    mae: shared(Float64Array, count),
    final: shared(Float64Array, count),
    weight: shared(Float64Array, count),
    path: shared(Int32Array, count),
    feasible: shared(Uint8Array, count),
    survivors: shared(Uint8Array, count),
    best: shared(Uint8Array, count),
    returns: shared(Float32Array, count * SIZE_COUNT),
    windows: withWindows ? shared(Float32Array, count * WINDOW_INPUTS) : null,
  };
}

/** Fill in one row. `rule`: by which the trade ends. */
export function putExample(
  examples: Examples,
  row: number,
  trade: TradeOnBars,
  rule: ExitRule,
): void {
  const { bars, entry, direction, leverageMax, feasible } = trade;
  const { features, windows } = examples;
  const offset = row * RISK_FEATURE_COUNT;
  examples.reference[row] = riskFeatures(bars, entry, direction, rule, features, offset);
  if (windows) windowInputs(bars, entry, direction, leverageMax, windows, row * WINDOW_INPUTS);
  examples.mae[row] = trade.mae;
  examples.final[row] = trade.final;
  examples.weight[row] = trade.weight;
  examples.path[row] = trade.path;
  examples.feasible[row] = feasible;
  examples.survivors[row] = trade.survivors;
  examples.best[row] = trade.best;
  examples.returns.set(trade.returns.subarray(0, feasible), row * SIZE_COUNT);
}

/** All trades of a reader, in this thread. */
export function readExamples(reader: TradeReader, rule: ExitRule, withWindows: boolean): Examples {
  const examples = emptyExamples(reader.count, reader.barSeconds, withWindows);
  reader.forEach((trade, row) => putExample(examples, row, trade, rule));
  return examples;
}
