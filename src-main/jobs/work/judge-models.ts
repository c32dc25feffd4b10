import { DEFAULT_KIND } from '../../domain/models/kinds.ts';
import { exitRuleText, ruleOf } from '../../domain/exits/exit-rule.ts';
import { evaluate, type Judgement } from '../../models/evaluation/evaluate.ts';
import { predictionLines } from '../../models/evaluation/predictions.ts';
import { simpleRules } from '../../models/evaluation/simple-rules.ts';
import { readModelFile } from '../../models/model-file.ts';
import type { StoredModel } from '../../models/kinds.ts';
import { openLadderModel } from '../../models/kinds.ts';
import { connectStore, type Store } from '../../store/store.ts';
import type { CourtPlan, Evaluation } from '../../contract/evaluation.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { Progress, Refusable } from '../terms.ts';

export interface CourtOrder {
  /** Data folder that this process holds open. */
  readonly folder: string;
  readonly plan: CourtPlan;
  /** When the evaluation is kept in the store; null where it is only told. */
  readonly keepAt: UtcSeconds | null;
  /** Whether the trades are told too, with the first model's P. */
  readonly withPredictions: boolean;
}

export interface Judged extends Refusable {
  readonly evaluation: Evaluation;
  /** Number of the evaluation that was kept. */
  readonly id: number | null;
  /** Lines of a CSV; null where they were not asked for or the first model states no P. */
  readonly predictions: readonly string[] | null;
}

/** Judges models of the store on real bars. Throws what `judgeStored` throws. */
export function judgeModelsWork(order: CourtOrder, onProgress: Progress): Judged {
  const { folder, plan, keepAt, withPredictions } = order;
  const store = connectStore(folder);
  try {
    const { evaluation, trades, p } = judgeStored(store, plan, onProgress);
    return {
      evaluation,
      id: keepAt === null ? null : store.evaluations.save(evaluation, keepAt),
      predictions: withPredictions && p ? [...predictionLines(trades, p)] : null,
    };
  } finally {
    store.close();
  }
}

/** Judges the models that a plan names. Throws what `judge` throws, and `no-such-model`. */
export function judgeStored(store: Store, plan: CourtPlan, onProgress: Progress): Judgement {
  const models = plan.models.map((name) => readStored(store, name));
  return judge(plan, store.series.bars(plan.series), models, onProgress);
}

/** A model of the store. Throws `no-such-model`, `bad-model-file`. */
export const readStored = (store: Store, name: string): StoredModel =>
  readModelFile(new TextDecoder().decode(store.models.read(name)), name);

/**
 * Judges models beside the simple rules that were fitted to the same trades as the first of the
 * default kind among them, or as the first model. Throws `no-series`, `too-few-trades`, and `bad-argument` for too many
 * trades.
 */
export function judge(
  plan: CourtPlan,
  bars: Bars,
  models: readonly StoredModel[],
  onProgress: Progress,
): Judgement {
  const [first] = models;
  const fitted = models.find(({ kind }) => kind === DEFAULT_KIND) ?? first!;
  return evaluate(
    {
      plan,
      bars,
      exitRule: ruleOf(plan.exit),
      modelExit: exitRuleText(first!.exitRule),
      models: [...models.map(openLadderModel), ...simpleRules(fitted)],
    },
    onProgress,
  );
}
