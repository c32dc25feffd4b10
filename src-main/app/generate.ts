import { z } from 'zod';
import { LEVERAGE_AT_LARGEST } from '../domain/broker.ts';
import { exitRuleText, type ExitRule } from '../domain/exit-rule.ts';
import { generateDataset } from '../datasets/generate.ts';
import { datasetOrigin } from '../datasets/origin.ts';
import { readTrades } from '../datasets/read-trades.ts';
import { PATH_BARS, TRADES_A_PATH } from '../datasets/spec.ts';
import { FULL_MIX, MIX_WITHOUT_SERIES } from '../synth/parameters.ts';
import { openMarket } from './fit.ts';
import type { Store } from '../store/store.ts';
import type { TradeReader } from '../datasets/reader.ts';

export interface DatasetPlan {
  readonly name: string;
  readonly seed: number;
  readonly trades: number;
  readonly exit: ExitRule;
  /** Name of the fitted market. */
  readonly market: string;
  /** The command that asks for it, kept as provenance. */
  readonly command: string;
}

/**
 * Generates a dataset and keeps it. Equal parts of the three generators where the real bars that the
 * market was fitted to are in the store; without them the first two stand alone.
 */
export async function generate(
  store: Store,
  plan: DatasetPlan,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
) {
  const source = openMarket(store, plan.market);
  const mix = source.bootstrapSource ? FULL_MIX : MIX_WITHOUT_SERIES;
  const { name, seed, trades, exit } = plan;
  const dataset = await generateDataset(
    {
      name,
      seed,
      trades,
      exit,
      mix,
      pathBars: PATH_BARS,
      tradesAPath: TRADES_A_PATH,
      leverage: LEVERAGE_AT_LARGEST,
    },
    source,
    onProgress,
    signal,
  );
  const { origin, checksum, classes, columns } = dataset;
  store.datasets.save({
    name,
    spec: { ...origin, marketName: plan.market, command: plan.command },
    checksum,
    trades: dataset.trades,
    mix: classes,
    columns,
  });
  return {
    name,
    trades: dataset.trades,
    checksum,
    mix: classes,
    exit: exitRuleText(exit),
    generators: mix,
  };
}

/** What a stored dataset says of how it was asked for. */
const asked = z.object({ marketName: z.string(), command: z.string() });

/** The trades of a stored dataset with their candles, drawn again. */
export function openDataset(store: Store, name: string) {
  const { spec, checksum, columns } = store.datasets.read(name);
  const origin = datasetOrigin.parse(spec);
  const { marketName, command } = asked.parse(spec);
  const reader: TradeReader = readTrades(
    { origin, checksum, columns },
    openMarket(store, marketName),
  );
  return { origin, checksum, reader, command };
}
