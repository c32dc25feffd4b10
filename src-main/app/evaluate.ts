import { exitRuleText, type ExitRule } from '../domain/exit-rule.ts';
import { isoTime } from '../domain/time.ts';
import { baselineModels } from '../models/baselines.ts';
import { evaluate, type Evaluation } from '../models/evaluation/evaluate.ts';
import { predictionLines } from '../models/evaluation/predictions.ts';
import { asRiskModel, type RiskNet } from '../models/v3/risk-net.ts';
import { csvText } from './files.ts';
import type { Bars } from '../domain/bars.ts';
import type { UtcSeconds } from '../domain/units.ts';

export interface Trial {
  readonly bars: Bars;
  /** Rule that the judged trades end by. */
  readonly exit: ExitRule;
  readonly from: UtcSeconds;
  readonly to: UtcSeconds;
  readonly every: number;
  readonly seed: number;
}

/** Judges a risk net on real bars beside the baselines that were fitted to its training trades. */
export function judge(
  net: RiskNet,
  { exit, ...trial }: Trial,
  onProgress?: (done: number, total: number) => void,
): Evaluation {
  const { baselines, exitRule } = net.stored;
  return evaluate({
    ...trial,
    exitRule: exit,
    models: [asRiskModel(net), ...baselineModels(baselines, exitRule)],
    ...(onProgress && { onProgress }),
  });
}

/** Every judged trade as CSV, with the net's P at all 30 sizes. */
export const predictionsCsv = (evaluation: Evaluation) => csvText(predictionLines(evaluation));

/** An evaluation as the command line prints it, without the single trades. */
export function evaluationJson(
  { stored }: RiskNet,
  series: string,
  { exit, every, seed }: Trial,
  { trades, groups, differences, equalSize }: Evaluation,
) {
  return {
    model: stored.name,
    series,
    exit: exitRuleText(exit),
    modelExit: exitRuleText(stored.exitRule),
    from: isoTime(trades[0]!.time),
    to: isoTime(trades.at(-1)!.time),
    every,
    seed,
    trades: trades.length,
    groups,
    differences,
    equalSize,
    assumptions:
      'Fills: entry at the close of the decision bar; inside a bar the adverse extreme comes first; ' +
      'a bar that opens beyond the liquidation price fills at its open; loss stops at 100%; exit at ' +
      'the close of the signal bar. 20x, liquidated at 30% of equity, no costs. L at 4.50 oz is ' +
      'log-uniform in 5 to 40; rungs above 20x count nowhere.',
  };
}
