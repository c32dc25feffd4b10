import { CodedError } from '../../contract/errors.ts';
import { exitRuleText } from '../../domain/exits/exit-rule.ts';
import { SIZE_CLASSES } from '../../domain/size-class.ts';
import { blocksOf, recipesOf, tallied, weightsOf, type Recipe } from '../../datasets/assemble.ts';
import { cellCount, isOfShard, tradesOfCell } from '../../datasets/cell.ts';
import { decodeColumns } from '../../datasets/columns.ts';
import { originOf, runKey } from '../../datasets/origin.ts';
import { drawSpec, quota as quotaSchema, type DrawSpec, type Quota } from '../../datasets/spec.ts';
import { connectStore, type Store } from '../../store/store.ts';
import { drawCells } from './draw-cells.ts';
import type { DatasetInfo, PerClass } from '../../contract/datasets.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import { fittedBarsOf, GENERATOR_VERSION } from '../../synth/parameters.ts';
import type { MarketSource } from '../../synth/market.ts';
import type { Progress, Refusable } from '../terms.ts';

/** A run of generation, or a shard of one. */
export interface GenerationOrder {
  /** Data folder that this process holds open. */
  readonly folder: string;
  readonly source: MarketSource;
  /** Name of the fitted market. */
  readonly market: string;
  readonly spec: DrawSpec;
  readonly quota: Quota;
  /** Name of a natural dataset. */
  readonly name: string | null;
  /** One machine's share of the cells. */
  readonly shard: { readonly number: number; readonly of: number };
  readonly threads: number;
  /** The command that makes it, and when; kept as provenance. */
  readonly command: string;
  readonly madeAt: UtcSeconds;
}

export interface Generated extends Refusable {
  /** Null while cells of other shards are missing. */
  readonly datasets: readonly DatasetInfo[] | null;
  readonly cellsMissing: number;
}

/** What the store keeps of a cell beside its trades. */
interface CellSummary {
  readonly drawn: PerClass;
}

/**
 * Draws the cells of a run that the store does not hold yet and, once none is missing, makes its
 * datasets of them: all of them appear together, or none. One that is stored already is of the same
 * run, which the caller has made sure of. Progress in accepted trades. Throws `quota-unmet`,
 * `folder-unusable`.
 */
export async function generateDatasetsWork(
  order: GenerationOrder,
  onProgress: Progress,
): Promise<Generated> {
  const { spec, quota, source } = order;
  requireValid(spec, quota);
  const store = connectStore(order.folder);
  try {
    const run = runKey(originOf(spec, quota, source));
    const count = cellCount(spec, quota);
    const kept = new Set(store.parts.summaries(run).map(({ cell }) => cell));
    const mine = Array.from({ length: count }, (_, cell) => cell).filter(isOfShard(order.shard));
    const missing = mine.filter((cell) => !kept.has(cell));
    const tradesOf = (cells: readonly number[]) =>
      cells.reduce((sum, cell) => sum + tradesOfCell(spec, quota, cell), 0);
    const total = tradesOf(mine);
    let done = total - tradesOf(missing);
    onProgress(done, total);
    await drawCells(
      { source, spec, quota, cells: Int32Array.from(missing) },
      order.threads,
      ({ cell, drawn, bytes }) => {
        store.parts.keep(run, cell, { drawn } satisfies CellSummary, bytes);
        done += tradesOfCell(spec, quota, cell);
        onProgress(done, total);
      },
    );
    const summaries = store.parts.summaries(run);
    if (summaries.length < count) {
      return { datasets: null, cellsMissing: count - summaries.length };
    }
    const drawn = summaries.map(({ summary }) => (summary as CellSummary).drawn);
    return { datasets: keepDatasets(store, order, run, sumOf(drawn)), cellsMissing: 0 };
  } finally {
    store.close();
  }
}

function requireValid(spec: DrawSpec, quota: Quota): void {
  for (const checked of [drawSpec.safeParse(spec), quotaSchema.safeParse(quota)]) {
    if (checked.success) continue;
    const problem = `The dataset cannot be made: ${checked.error.issues[0]!.message}`;
    throw new CodedError('bad-argument', { problem });
  }
}

/** One transaction: the datasets come and the parts go. */
function keepDatasets(
  store: Store,
  order: GenerationOrder,
  run: string,
  drawn: PerClass,
): DatasetInfo[] {
  const cells = store.parts.summaries(run).map(({ cell }) => cell);
  function* trades() {
    for (const cell of cells) yield decodeColumns(store.parts.read(run, cell));
  }
  const made: DatasetInfo[] = [];
  store.together(() => {
    for (const recipe of recipesOf(order.quota, order.name)) {
      const stored = store.datasets.find(recipe.name);
      if (stored) {
        made.push(stored);
        continue;
      }
      const { blocks, tally } = tallied(blocksOf(trades(), recipe));
      store.datasets.save(recipe.name, blocks, () => {
        const info = infoOf(order, recipe, tally(), drawn);
        made.push(info);
        return { info, origin: originOf(order.spec, order.quota, order.source) };
      });
    }
    store.parts.discardAll(run);
  });
  return made;
}

function infoOf(
  { spec, market, source, command, madeAt }: GenerationOrder,
  { name }: Recipe,
  { checksum, mix, trades, bytes }: ReturnType<ReturnType<typeof tallied>['tally']>,
  drawn: PerClass,
): DatasetInfo {
  const simulated = drawn.small + drawn.mid + drawn.big;
  const share = (of: keyof PerClass) => drawn[of] / simulated;
  const naturalShares = { small: share('small'), mid: share('mid'), big: share('big') };
  return {
    name,
    trades,
    checksum,
    mix,
    weights: weightsOf(mix, drawn),
    naturalShares,
    simulated,
    bytes,
    exit: exitRuleText(spec.exit),
    seed: spec.seed,
    leverage: spec.brokerLeverage,
    market,
    generators: spec.mix,
    generatorVersion: GENERATOR_VERSION,
    fitted: fittedBarsOf(source.parameters),
    command,
    madeAt,
  };
}

function sumOf(counts: readonly PerClass[]): PerClass {
  const sum = { small: 0, mid: 0, big: 0 };
  for (const count of counts) for (const of of SIZE_CLASSES) sum[of] += count[of];
  return sum;
}
