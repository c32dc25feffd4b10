import { setImmediate } from 'node:timers/promises';
import { CodedError } from '../contract/errors.ts';
import { syntheticMarket, type MarketSource } from '../synth/market.ts';
import {
  checksumOf,
  emptyColumns,
  encodeColumns,
  SIZE_CLASSES,
  type SizeClass,
  type TradeColumns,
} from './columns.ts';
import { drawTrades } from './draw-trades.ts';
import { originOf, type DatasetOrigin } from './origin.ts';
import { datasetSpec, type DatasetSpec } from './spec.ts';

/** Paths between two reports of progress, each a chance to be cancelled: some 50 ms. */
const PATHS_A_STEP = 100;

/** A dataset as it is kept: its candles are drawn again when they are needed. */
export interface Dataset {
  readonly origin: DatasetOrigin;
  readonly trades: number;
  /** Trades of each class. */
  readonly classes: Readonly<Record<SizeClass, number>>;
  /** SHA-256 of the columns. */
  readonly checksum: string;
  /** `TradeColumns`, encoded. */
  readonly columns: Uint8Array;
}

/**
 * Draws a dataset of synthetic trades: bit for bit the same for the same spec and source on every
 * machine. `onProgress` hears of trades done and in all. Throws `bad-argument` for a spec that cannot
 * be met and `cancelled` once the signal is given.
 */
export async function generateDataset(
  spec: DatasetSpec,
  source: MarketSource,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Dataset> {
  const checked = datasetSpec.safeParse(spec);
  if (!checked.success) {
    const problem = `The dataset cannot be made: ${checked.error.issues[0]!.message}`;
    throw new CodedError('bad-argument', { problem });
  }
  const market = syntheticMarket(source, spec.mix);
  const columns = emptyColumns(spec.trades);
  const paths = Math.ceil(spec.trades / spec.tradesAPath);
  for (let path = 0; path < paths; path++) {
    drawTrades(market, spec, path, columns, path * spec.tradesAPath);
    if ((path + 1) % PATHS_A_STEP === 0) {
      onProgress(Math.min((path + 1) * spec.tradesAPath, spec.trades), spec.trades);
      await setImmediate();
      if (signal.aborted) throw new CodedError('cancelled');
    }
  }
  onProgress(spec.trades, spec.trades);
  const bytes = encodeColumns(columns);
  return {
    origin: originOf(checked.data, source),
    trades: spec.trades,
    classes: countClasses(columns),
    checksum: checksumOf(bytes),
    columns: bytes,
  };
}

function countClasses({ sizeClass }: TradeColumns): Record<SizeClass, number> {
  const counts = SIZE_CLASSES.map((name, index) => [
    name,
    sizeClass.reduce((count, of) => count + (of === index ? 1 : 0), 0),
  ]);
  return Object.fromEntries(counts) as Record<SizeClass, number>;
}
