import { SIZE_CLASSES } from '../domain/size-class.ts';
import { syntheticMarket, type MarketSource } from '../synth/market.ts';
import type { PerClass } from '../contract/schemas.ts';
import type { Bars } from '../domain/bars.ts';
import type { Fraction } from '../domain/units.ts';
import { decodeColumns } from './columns.ts';
import { requireOrigin, type DatasetOrigin } from './origin.ts';
import type { Block } from './assemble.ts';
import type { TradeReader } from './reader.ts';

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
  const { origin, weights } = stored;
  requireOrigin(stored.name, origin, source);
  const { seed, mix, pathBars } = origin.spec;
  const market = syntheticMarket(source, mix);
  return {
    count: stored.trades,
    forEach(visit) {
      let drawn = { path: -1, bars: undefined as Bars | undefined };
      let index = 0;
      for (const { bytes } of stored.blocks()) {
        const trades = decodeColumns(bytes);
        for (let i = 0; i < trades.path.length; i++) {
          const path = trades.path[i]!;
          if (path !== drawn.path) drawn = { path, bars: market.path(seed, path, pathBars) };
          visit(
            {
              path,
              bars: drawn.bars!,
              entry: trades.entry[i]!,
              exit: trades.exit[i]!,
              direction: trades.short[i] ? 'short' : 'long',
              leverageMax: trades.leverageMax[i]!,
              mae: trades.mae[i]! as Fraction,
              final: trades.final[i]! as Fraction,
              weight: weights[SIZE_CLASSES[trades.sizeClass[i]!]!],
            },
            index++,
          );
        }
      }
    },
  };
}
