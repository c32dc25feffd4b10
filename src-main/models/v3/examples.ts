import { RISK_FEATURE_COUNT, riskFeatures } from '../../domain/features.ts';
import type { TradeReader } from '../../datasets/reader.ts';
import type { ExitRule } from '../../domain/exit-rule.ts';

/** What V3 learns from each trade: a row of a table of columns. */
export interface RiskExamples {
  readonly count: number;
  /** Step of the bars. */
  barSeconds: number;
  /** [count × RISK_FEATURE_COUNT], as they are read from the candles. */
  readonly features: Float32Array;
  /** Log volatility that the trade's moves are measured in. */
  readonly reference: Float64Array;
  /** Adverse excursion and final move, as shares of the entry price. */
  readonly mae: Float64Array;
  readonly final: Float64Array;
  readonly weight: Float64Array;
  readonly path: Int32Array;
}

export function readExamples(reader: TradeReader, rule: ExitRule): RiskExamples {
  const { count } = reader;
  const column = () => new Float64Array(count);
  const examples = {
    count,
    barSeconds: 0,
    features: new Float32Array(count * RISK_FEATURE_COUNT),
    reference: column(),
    mae: column(),
    final: column(),
    weight: column(),
    path: new Int32Array(count),
  };
  reader.forEach(({ bars, entry, direction, mae, final, weight, path }, i) => {
    const offset = i * RISK_FEATURE_COUNT;
    examples.reference[i] = riskFeatures(bars, entry, direction, rule, examples.features, offset);
    examples.barSeconds = bars.stepSeconds;
    examples.mae[i] = mae;
    examples.final[i] = final;
    examples.weight[i] = weight;
    examples.path[i] = path;
  });
  return examples;
}
