import type { Fraction } from '../domain/units.ts';
import type { Bars } from '../domain/bars.ts';
import { syntheticMarket, type MarketSource } from '../synth/market.ts';
import { decodeColumns } from './columns.ts';
import { requireOrigin } from './origin.ts';
import type { Dataset } from './generate.ts';
import type { TradeReader } from './reader.ts';

/**
 * The trades of a dataset with their candles, drawn again. Throws `dataset-origin` where the source
 * is not the one that it was drawn from, `bad-argument` where its columns are damaged.
 */
export function readTrades(
  { origin, columns, checksum }: Pick<Dataset, 'origin' | 'columns' | 'checksum'>,
  source: MarketSource,
): TradeReader {
  requireOrigin(origin, source);
  const trades = decodeColumns(columns, checksum);
  const { seed, mix, pathBars } = origin.spec;
  const market = syntheticMarket(source, mix);
  const count = trades.path.length;
  return {
    count,
    forEach(visit) {
      let bars: Bars | undefined;
      for (let i = 0; i < count; i++) {
        const path = trades.path[i]!;
        if (!bars || path !== trades.path[i - 1]) bars = market.path(seed, path, pathBars);
        visit(
          {
            path,
            bars,
            entry: trades.entry[i]!,
            exit: trades.exit[i]!,
            direction: trades.short[i] ? 'short' : 'long',
            leverageMax: trades.leverageMax[i]!,
            mae: trades.mae[i]! as Fraction,
            final: trades.final[i]! as Fraction,
            weight: trades.weight[i]!,
          },
          i,
        );
      }
    },
  };
}
