import { DEFAULT_KIND, MODEL_KINDS } from '../../domain/models/kinds.ts';
import { exitRuleText } from '../../domain/exits/exit-rule.ts';
import { byYear } from '../../models/ladder-model.ts';
import { evaluate } from '../../models/evaluation/evaluate.ts';
import { simpleRules } from '../../models/evaluation/simple-rules.ts';
import { openLadderModel } from '../../models/kinds.ts';
import { connectStore } from '../../store/store.ts';
import type { CourtPlan, WalkedForward } from '../../contract/evaluation.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { LadderModel } from '../../models/ladder-model.ts';
import { modelBefore, type ModelBefore, type RefitOrder } from './model-before.ts';
import type { Progress, Refusable } from '../terms.ts';

export interface WalkForwardOrder {
  /** Data folder of the series. */
  readonly folder: string;
  readonly refit: RefitOrder;
  /** Calendar years (UTC), each judged by a model of the bars before it; they follow one another. */
  readonly years: readonly number[];
  readonly judging: Pick<CourtPlan, 'exit' | 'every' | 'seed'>;
}

/** Name of the models of all years as one. */
const REFITTED = `${MODEL_KINDS[DEFAULT_KIND].label} refitted each year`;

/**
 * Judges each year by a model that was fitted and trained anew on what came before it, beside the
 * simple rules fitted to the same trades. Progress in thousandths. Throws what `modelBefore` throws,
 * `no-series`, and `too-few-trades`.
 */
export async function walkForwardWork(
  { folder, refit, years, judging }: WalkForwardOrder,
  onProgress: Progress,
): Promise<WalkedForward & Refusable> {
  const store = connectStore(folder);
  const bars = store.series.bars(refit.series.name);
  store.close();
  const stages = years.length + 1;
  const stage =
    (before: number): Progress =>
    (done, total) =>
      onProgress(Math.floor((1_000 * (before + done / total)) / stages), 1_000);

  const refitted = new Map<number, ModelBefore>();
  for (const [before, year] of years.entries()) {
    refitted.set(year, await modelBefore(bars, startOf(year), refit, stage(before)));
  }
  const { evaluation } = evaluate(
    {
      plan: {
        ...judging,
        series: refit.series.name,
        from: startOf(years[0]!),
        to: startOf(years.at(-1)! + 1),
        models: [REFITTED],
      },
      bars,
      exitRule: refit.spec.exit,
      modelExit: exitRuleText(refit.spec.exit),
      models: modelsOf(refitted),
    },
    stage(years.length),
  );
  return { years: [...refitted].map(([year, before]) => walkedYear(year, before)), evaluation };
}

const startOf = (year: number) => (Date.UTC(year, 0) / 1000) as UtcSeconds;

/** The models of all years as one, then each simple rule likewise. */
function modelsOf(refitted: ReadonlyMap<number, ModelBefore>): LadderModel[] {
  const of = (models: (before: ModelBefore) => LadderModel) =>
    new Map([...refitted].map(([year, before]) => [year, models(before)] as const));
  const [first] = refitted.values();
  return [
    byYear(
      REFITTED,
      of(({ model }) => openLadderModel(model)),
    ),
    ...simpleRules(first!.model).map(({ name }, rule) =>
      byYear(
        name,
        of(({ model }) => simpleRules(model)[rule]!),
      ),
    ),
  ];
}

function walkedYear(
  year: number,
  { model, fittedTo }: ModelBefore,
): WalkedForward['years'][number] {
  const { dataset, epochs, baselineLosses } = model.provenance;
  return {
    year,
    fittedTo,
    trades: dataset.trades,
    validationLoss: Math.min(...epochs.map(({ validationLoss }) => validationLoss)),
    baselineLosses,
  };
}
