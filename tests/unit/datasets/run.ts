import { EXIT_RULES } from '../../../src-main/domain/exits/exit-rule.ts';
import { blocksOf, recipesOf, tallied } from '../../../src-main/datasets/assemble.ts';
import { cellCount, drawCell } from '../../../src-main/datasets/cell.ts';
import { decodeColumns, joinTrades } from '../../../src-main/datasets/columns.ts';
import { syntheticMarket, type MarketSource } from '../../../src-main/synth/market.ts';
import { FULL_MIX, MIX_WITHOUT_SERIES } from '../../../src-main/synth/parameters.ts';
import type { DrawSpec, Quota } from '../../../src-main/datasets/spec.ts';
import { PARAMETERS } from '../synth/parameters.ts';

export const SOURCE = {
  parameters: PARAMETERS,
  bootstrapSource: syntheticMarket(
    { parameters: PARAMETERS, bootstrapSource: null },
    MIX_WITHOUT_SERIES,
  ).path(1, 1, 3_000),
} satisfies MarketSource;

export const SPEC: DrawSpec = {
  seed: 5,
  exit: EXIT_RULES.cross,
  mix: FULL_MIX,
  pathBars: 1_400,
  tradesAPath: 8,
  leverage: { from: 5, to: 40 },
  brokerLeverage: 20,
};

/** A whole run in this thread: its datasets by name, with their trades joined. */
export function run(quota: Quota, changes: Partial<DrawSpec> = {}) {
  const spec = { ...SPEC, ...changes };
  const market = syntheticMarket(SOURCE, spec.mix);
  const cells = Array.from({ length: cellCount(spec, quota) }, (_, cell) =>
    drawCell(market, spec, quota, cell),
  );
  const datasets = recipesOf(quota, 'test').map((recipe) => {
    const { blocks, tally } = tallied(
      blocksOf(
        cells.map(({ trades }) => trades),
        recipe,
      ),
    );
    const kept = [...blocks];
    const trades = joinTrades(kept.map(({ bytes }) => decodeColumns(bytes)));
    return { ...tally(), name: recipe.name, promised: recipe.trades, blocks: kept, trades };
  });
  return { spec, cells, datasets };
}
