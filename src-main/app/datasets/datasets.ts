import { CodedError } from '../../contract/errors.ts';
import { tallied } from '../../datasets/assemble.ts';
import {
  decodeColumns,
  liquidationStarts,
  outcomeOf,
  type TradeColumns,
} from '../../datasets/columns.ts';
import { equityAt, rulesOf } from '../../datasets/draw-trades.ts';
import { readOrigin, requireOrigin } from '../../datasets/origin.ts';
import { readTrades } from '../../datasets/read-trades.ts';
import { liquidationPrice } from '../../domain/account/broker.ts';
import { WINDOW } from '../../domain/features/features.ts';
import { emptyLadderOutcome } from '../../domain/simulate/simulate.ts';
import { ounces, SIZES } from '../../domain/size.ts';
import { SIZE_CLASSES, type SizeClass } from '../../domain/size-class.ts';
import { syntheticMarket } from '../../synth/market.ts';
import { barColumns } from '../../domain/bars/bars.ts';
import { openMarket } from './fit.ts';
import type { DatasetTrade, DatasetTradeView } from '../../contract/datasets.ts';
import type { Fraction, Money, SizeIndex, UsdPerOunce } from '../../domain/units.ts';
import type { Store } from '../../store/store.ts';

/** Candles that are shown after the exit. */
const AFTER_EXIT = 24;

/**
 * The trades of a stored dataset with their candles, drawn again. Throws `no-dataset`,
 * `dataset-damaged`, `dataset-origin`.
 */
export function openDataset(store: Store, name: string) {
  const { origin, info } = soundDataset(store, name);
  const { trades, weights, checksum, command, market } = info;
  const blocks = () => store.datasets.blocks(name);
  const reader = readTrades({ name, origin, trades, weights, blocks }, openMarket(store, market));
  return { origin, checksum, reader, command };
}

/** A stored dataset whose trades are those that were written. Throws `dataset-damaged`. */
export function soundDataset(store: Store, name: string) {
  const { info, origin } = describeDataset(store, name);
  const { blocks, tally } = tallied(store.datasets.blocks(name));
  for (const _ of blocks);
  if (tally().checksum !== info.checksum) {
    const problem = 'its trades do not match their checksum';
    throw new CodedError('dataset-damaged', { name, problem, command: info.command });
  }
  return { info, origin };
}

/** What is kept of a dataset beside its trades. Throws `no-dataset`. */
export function describeDataset(store: Store, name: string) {
  const info = store.datasets.info(name);
  return { info, origin: readOrigin(name, store.datasets.origin(name)) };
}

/**
 * Rows [first, first + count) of a dataset, or of its trades of one class; only the blocks that hold
 * them are read.
 */
export function readRows(
  store: Store,
  { name, first, count, sizeClass }: PageWish,
): { total: number; trades: DatasetTrade[] } {
  const trades: DatasetTrade[] = [];
  const wanted = sizeClass === null ? null : SIZE_CLASSES.indexOf(sizeClass);
  let total = 0;
  let firstRow = 0;
  store.datasets.counts(name).forEach((counts, number) => {
    const here = sizeClass === null ? counts.trades : counts[sizeClass];
    if (total < first + count && total + here > first) {
      const columns = decodeColumns(store.datasets.block(name, number).bytes);
      const rows = [...columns.sizeClass.keys()].filter(
        (row) => wanted === null || columns.sizeClass[row] === wanted,
      );
      const page = rows.slice(Math.max(0, first - total), first + count - total);
      trades.push(...page.map((row) => tradeOf(columns, row, firstRow)));
    }
    total += here;
    firstRow += counts.trades;
  });
  return { total, trades };
}

interface PageWish {
  readonly name: string;
  readonly first: number;
  readonly count: number;
  readonly sizeClass: SizeClass | null;
}

function tradeOf(columns: TradeColumns, row: number, firstRow: number): DatasetTrade {
  const entryPrice = columns.entryPrice[row]! as UsdPerOunce;
  const leverageMax = columns.leverageMax[row]!;
  return {
    row: firstRow + row,
    path: columns.path[row]!,
    entry: columns.entry[row]!,
    exit: columns.exit[row]!,
    direction: columns.short[row] ? 'short' : 'long',
    entryPrice,
    equity: equityAt(entryPrice, leverageMax),
    leverageMax,
    mae: columns.mae[row]! as Fraction,
    final: columns.final[row]! as Fraction,
    sizeClass: SIZE_CLASSES[columns.sizeClass[row]!]!,
    best: columns.best[row]! as SizeIndex,
    feasible: columns.feasible[row]!,
    survivors: columns.survivors[row]!,
  };
}

/** One trade with its candles and the outcome of every size. Throws `dataset-origin`. */
export function readTrade(store: Store, name: string, row: number): DatasetTradeView {
  const { info, origin } = describeDataset(store, name);
  if (row >= info.trades) {
    throw new CodedError('bad-argument', { problem: `The dataset has ${info.trades} trades` });
  }
  let number = 0;
  let firstRow = 0;
  for (const { trades } of store.datasets.counts(name)) {
    if (row < firstRow + trades) break;
    firstRow += trades;
    number++;
  }
  const columns = decodeColumns(store.datasets.block(name, number).bytes);
  const trade = tradeOf(columns, row - firstRow, firstRow);
  const source = openMarket(store, info.market);
  requireOrigin(name, origin, source);
  const { spec } = origin;
  const bars = syntheticMarket(source, spec.mix).path(spec.seed, trade.path, spec.pathBars);
  const first = trade.entry - WINDOW + 1;
  const outcome = emptyLadderOutcome();
  outcomeOf(columns, liquidationStarts(columns), row - firstRow, outcome);
  return {
    trade,
    bars: barColumns(bars, first, trade.exit + AFTER_EXIT + 1 - first),
    outcomes: SIZES.map((size) => {
      const feasible = size <= outcome.feasible;
      const at = outcome.liquidatedAt[size - 1]!;
      const { equity, entryPrice, direction } = trade;
      const price = liquidationPrice(
        ounces(size),
        equity as Money,
        entryPrice,
        rulesOf(spec),
        direction,
      );
      return {
        feasible,
        liquidatedAt: at < 0 ? null : at,
        return: feasible ? outcome.returns[size - 1]! : null,
        liquidationPrice: feasible ? price : null,
      };
    }),
  };
}
