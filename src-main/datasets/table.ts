import { emptyLadderOutcome } from '../domain/simulate/simulate.ts';
import { ounces, SIZE_COUNT, SIZES } from '../domain/size.ts';
import { SIZE_CLASSES } from '../domain/size-class.ts';
import type { PerClass } from '../contract/datasets.ts';
import type { SizeIndex } from '../domain/units.ts';
import { emptyColumns, liquidationStarts, outcomeOf, type TradeColumns } from './columns.ts';
import { equityAt } from './draw-trades.ts';

export type Cell = number | string | null;

/** A column of an exported dataset. */
export interface TableColumn {
  readonly name: string;
  readonly type: 'INT32' | 'DOUBLE' | 'STRING';
  /** Whether a cell may be empty. */
  readonly optional: boolean;
}

/** A piece of a dataset as it is written: the cells of its rows, and their windows where asked for. */
export interface TablePiece {
  readonly cells: Record<string, Cell[]>;
  readonly windows: number[][] | null;
}

const column = (name: string, type: TableColumn['type'], optional = false): TableColumn => ({
  name,
  type,
  optional,
});

/** "0_15" for 0.15 oz. */
const sizeWord = (size: SizeIndex) => ounces(size).toFixed(2).replace('.', '_');
const returnOf = (size: SizeIndex) => `return_${sizeWord(size)}`;
const liquidationOf = (size: SizeIndex) => `liquidated_at_${sizeWord(size)}`;

/** Columns of an exported dataset, one row a trade; what they mean stands in DATASETS.md. */
export const TABLE_COLUMNS: readonly TableColumn[] = [
  ...(['row', 'path', 'entry', 'exit'] as const).map((name) => column(name, 'INT32')),
  column('direction', 'STRING'),
  ...(['entry_price', 'equity', 'leverage_max', 'mae', 'final'] as const).map((name) =>
    column(name, 'DOUBLE'),
  ),
  column('size_class', 'STRING'),
  column('best_size_oz', 'DOUBLE'),
  column('weight', 'DOUBLE'),
  column('feasible', 'INT32'),
  column('survivors', 'INT32'),
  ...SIZES.map((size) => column(returnOf(size), 'DOUBLE', true)),
  ...SIZES.map((size) => column(liquidationOf(size), 'INT32', true)),
];

/** Cells of some trades, column by column; `firstRow` is the number of the first of them. */
export function tableOf(
  trades: TradeColumns,
  firstRow: number,
  weights: PerClass,
): Record<string, Cell[]> {
  const count = trades.path.length;
  const cells = (of: (i: number) => Cell) => Array.from({ length: count }, (_, i) => of(i));
  const table: Record<string, Cell[]> = {
    row: cells((i) => firstRow + i),
    path: cells((i) => trades.path[i]!),
    entry: cells((i) => trades.entry[i]!),
    exit: cells((i) => trades.exit[i]!),
    direction: cells((i) => (trades.short[i] ? 'short' : 'long')),
    entry_price: cells((i) => trades.entryPrice[i]!),
    equity: cells((i) => equityAt(trades.entryPrice[i]!, trades.leverageMax[i]!)),
    leverage_max: cells((i) => trades.leverageMax[i]!),
    mae: cells((i) => trades.mae[i]!),
    final: cells((i) => trades.final[i]!),
    size_class: cells((i) => SIZE_CLASSES[trades.sizeClass[i]!]!),
    best_size_oz: cells((i) => ounces(trades.best[i]! as SizeIndex)),
    weight: cells((i) => weights[SIZE_CLASSES[trades.sizeClass[i]!]!]),
    feasible: cells((i) => trades.feasible[i]!),
    survivors: cells((i) => trades.survivors[i]!),
  };
  for (const size of SIZES) {
    table[returnOf(size)] = cells(() => null);
    table[liquidationOf(size)] = cells(() => null);
  }
  const starts = liquidationStarts(trades);
  const outcome = emptyLadderOutcome();
  for (let i = 0; i < count; i++) {
    outcomeOf(trades, starts, i, outcome);
    for (const size of SIZES) {
      if (size > outcome.feasible) break;
      table[returnOf(size)]![i] = outcome.returns[size - 1]!;
      const at = outcome.liquidatedAt[size - 1]!;
      if (at >= 0) table[liquidationOf(size)]![i] = at;
    }
  }
  return table;
}

/**
 * The trades of a table of cells, as `tableOf` made it. What can be derived is not read: the caller
 * compares it.
 */
export function tradesOf(table: Record<string, readonly Cell[]>): TradeColumns {
  const number = (name: string, i: number) => Number(table[name]![i]);
  // A file may say anything: no more rungs than there are.
  const rungs = (name: string, i: number) =>
    Math.floor(Math.max(0, Math.min(SIZE_COUNT, number(name, i)))) || 0;
  const count = table['path']!.length;
  let liquidations = 0;
  for (let i = 0; i < count; i++) {
    liquidations += Math.max(0, rungs('feasible', i) - rungs('survivors', i));
  }
  const trades = emptyColumns(count, liquidations);
  let next = 0;
  for (let i = 0; i < count; i++) {
    trades.path[i] = number('path', i);
    trades.entry[i] = number('entry', i);
    trades.exit[i] = number('exit', i);
    trades.short[i] = table['direction']![i] === 'short' ? 1 : 0;
    trades.entryPrice[i] = number('entry_price', i);
    trades.leverageMax[i] = number('leverage_max', i);
    trades.mae[i] = number('mae', i);
    trades.final[i] = number('final', i);
    trades.sizeClass[i] = SIZE_CLASSES.findIndex((name) => name === table['size_class']![i]);
    trades.best[i] = Math.round((number('best_size_oz', i) * 100) / 15);
    trades.feasible[i] = rungs('feasible', i);
    trades.survivors[i] = rungs('survivors', i);
    for (let size = trades.survivors[i]! + 1; size <= trades.feasible[i]!; size++, next++) {
      trades.liquidatedReturn[next] = number(returnOf(size as SizeIndex), i);
      trades.liquidatedAt[next] = number(liquidationOf(size as SizeIndex), i);
    }
  }
  return trades;
}
