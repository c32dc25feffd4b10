import { CodedError } from '../../contract/errors.ts';
import { CANDLE_WINDOW_LENGTH, candleWindow } from '../../domain/features/features.ts';
import { decodeColumns, type TradeColumns } from '../../datasets/columns.ts';
import { writeCsv } from '../../datasets/csv.ts';
import { readOrigin, requireOrigin, type DatasetOrigin } from '../../datasets/origin.ts';
import { writeParquet } from '../../datasets/parquet.ts';
import { tableOf, type TablePiece } from '../../datasets/table.ts';
import { connectStore, type Store } from '../../store/store.ts';
import { syntheticMarket, type MarketSource } from '../../synth/market.ts';
import type { DatasetInfo } from '../../contract/datasets.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { Progress, Refusable } from '../terms.ts';

export interface DatasetExport {
  /** Data folder. */
  readonly folder: string;
  readonly name: string;
  /** File to be written; one that is there is overwritten. */
  readonly file: string;
  readonly format: 'parquet' | 'csv';
  /** Where the candles of its windows are drawn again; null to leave the windows out. */
  readonly windowSource: MarketSource | null;
}

/** Writes a dataset into a file. Throws `no-dataset`, `dataset-origin`, `file-unwritable`. */
export function exportDatasetWork(job: DatasetExport, onProgress: Progress): Refusable {
  const { name, file, format, windowSource } = job;
  const store = connectStore(job.folder);
  try {
    const info = store.datasets.info(name);
    const origin = readOrigin(name, store.datasets.origin(name));
    if (windowSource) requireOrigin(name, origin, windowSource);
    const pieces = piecesOf(store, info, origin, windowSource, onProgress);
    if (format === 'csv') writeCsv(file, pieces);
    else writeParquet(file, { info, origin }, windowSource !== null, pieces);
    return {};
  } catch (error) {
    if (!(error instanceof Error && 'errno' in error)) throw error;
    throw new CodedError('file-unwritable', { file, problem: error.message });
  } finally {
    store.close();
  }
}

function* piecesOf(
  store: Store,
  info: DatasetInfo,
  origin: DatasetOrigin,
  source: MarketSource | null,
  onProgress: Progress,
): Generator<TablePiece> {
  const windowsOf = source && windowsDrawer(origin, source);
  let row = 0;
  for (const { bytes } of store.datasets.blocks(info.name)) {
    const trades = decodeColumns(bytes);
    yield {
      cells: tableOf(trades, row, info.weights),
      windows: windowsOf ? windowsOf(trades) : null,
    };
    row += trades.path.length;
    onProgress(row, info.trades);
  }
}

/** Windows of trades in the order of their paths; each path is drawn once. */
function windowsDrawer({ spec }: DatasetOrigin, source: MarketSource) {
  const market = syntheticMarket(source, spec.mix);
  const window = new Float32Array(CANDLE_WINDOW_LENGTH);
  let drawn = { path: -1, bars: undefined as Bars | undefined };
  return ({ path, entry, short }: TradeColumns): number[][] =>
    Array.from(path, (number, i) => {
      if (number !== drawn.path) {
        drawn = { path: number, bars: market.path(spec.seed, number, spec.pathBars) };
      }
      candleWindow(drawn.bars!, entry[i]!, short[i] ? 'short' : 'long', window, 0);
      return Array.from(window);
    });
}
