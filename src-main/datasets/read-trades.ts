import { SIZE_CLASSES } from '../domain/size-class.ts';
import { emptyLadderOutcome } from '../domain/simulate/simulate.ts';
import { PATH_STEP_SECONDS, syntheticMarket, type MarketSource } from '../synth/market.ts';
import type { PerClass } from '../contract/datasets.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { Fraction, SizeIndex } from '../domain/units.ts';
import { decodeColumns, liquidationStarts, outcomeOf } from './columns.ts';
import { requireOrigin, type DatasetOrigin } from './origin.ts';
import type { Block } from './assemble.ts';
import type { TradeReader, TradeVisitor } from './reader.ts';

/** A stored dataset as its reader needs it. */
export interface StoredTrades {
  readonly name: string;
  readonly origin: DatasetOrigin;
  readonly trades: number;
  readonly weights: PerClass;
  /** Its blocks from the first on, each time it is called. */
  readonly blocks: () => Iterable<Pick<Block, 'bytes'>>;
}

/**
 * The trades of a dataset with their candles, drawn again. Throws `dataset-origin` where the source
 * is not the one that it was drawn from.
 */
export function readTrades(stored: StoredTrades, source: MarketSource): TradeReader {
  requireOrigin(stored.name, stored.origin, source);
  const visitor = blockVisitor(stored, source);
  return {
    count: stored.trades,
    barSeconds: PATH_STEP_SECONDS,
    forEach(visit) {
      let first = 0;
      for (const { bytes } of stored.blocks()) first += visitor(bytes, first, visit);
    },
  };
}

/**
 * A function that visits the trades of one block, whose first trade has the number `first`, and
 * returns how many there are. Blocks may be visited in any order.
 */
export function blockVisitor(
  { origin, weights }: Pick<StoredTrades, 'origin' | 'weights'>,
  source: MarketSource,
) {
  const { seed, mix } = origin.spec;
  const market = syntheticMarket(source, mix);
  const outcome = emptyLadderOutcome();
  return (bytes: Uint8Array, first: number, visit: TradeVisitor): number => {
    const trades = decodeColumns(bytes);
    const { path, entry, sizeClass } = trades;
    const starts = liquidationStarts(trades);
    const count = path.length;
    let bars: Bars | undefined;
    for (let i = 0; i < count; i++) {
      if (i === 0 || path[i] !== path[i - 1]) {
        // Nothing after the last entry is needed: a path that is cut off begins as the whole does.
        let last = entry[i]!;
        for (let next = i + 1; path[next] === path[i]; next++) last = Math.max(last, entry[next]!);
        bars = market.path(seed, path[i]!, last + 1);
      }
      outcomeOf(trades, starts, i, outcome);
      visit(
        {
          path: path[i]!,
          bars: bars!,
          entry: entry[i]!,
          exit: trades.exit[i]!,
          direction: trades.short[i] ? 'short' : 'long',
          leverageMax: trades.leverageMax[i]!,
          mae: trades.mae[i]! as Fraction,
          final: trades.final[i]! as Fraction,
          feasible: trades.feasible[i]!,
          survivors: trades.survivors[i]!,
          best: trades.best[i]! as SizeIndex,
          returns: outcome.returns,
          weight: weights[SIZE_CLASSES[sizeClass[i]!]!],
        },
        first + i,
      );
    }
    return count;
  };
}
