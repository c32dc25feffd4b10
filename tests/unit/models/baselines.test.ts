import { describe, expect, it } from 'vitest';
import { EXIT_RULES } from '../../../src-main/domain/exits/exit-rule.ts';
import {
  RISK_FEATURE_COUNT,
  RISK_FEATURE_NAMES,
} from '../../../src-main/domain/features/features.ts';
import { randomStream } from '../../../src-main/domain/stats/random.ts';
import {
  baselineModels,
  fitBaselines,
  reachTable,
  shareAt,
} from '../../../src-main/models/baselines.ts';
import { meanReturnAtEdges } from '../../../src-main/models/v3/train.ts';
import { readExamples } from '../../../src-main/models/train/examples.ts';
import { randomWalk, readerOf, tradeOn } from './fixtures.ts';
import type { TradeOnBars } from '../../../src-main/datasets/reader.ts';
import type { Fraction } from '../../../src-main/domain/units.ts';

const RULE = EXIT_RULES.cross;
const range128 = ({ high, low, close }: TradeOnBars['bars'], at: number) => {
  let sum = 0;
  for (let i = at - 127; i <= at; i++) sum += (high[i]! - low[i]!) / close[i]!;
  return sum / 128;
};

const random = randomStream(8);
const trades: TradeOnBars[] = Array.from({ length: 400 }, (_, path) =>
  tradeOn(randomWalk(150, path % 20, 0.002 * (1 + (path % 5))), {
    path,
    entry: 128 + (path % 20),
    direction: path % 3 ? 'long' : 'short',
    leverageMax: 10,
    mae: (path === 7 ? 0 : 0.02 * random.exponential()) as Fraction,
    final: (0.01 * random.normal()) as Fraction,
    weight: path % 2 ? 3 : 1,
  }),
);
const examples = readExamples(readerOf(trades), RULE, false);
const rows = Int32Array.from(trades, (_, row) => row);
const [constant, volatility, lookup] = baselineModels(fitBaselines(examples, rows), RULE);

/** Share, by weight, of the trades for which something holds. */
function share(of: readonly TradeOnBars[], holds: (trade: TradeOnBars) => boolean): number {
  const weight = (some: readonly TradeOnBars[]) => some.reduce((sum, t) => sum + t.weight, 0);
  return weight(of.filter(holds)) / weight(of);
}

describe('baselines', () => {
  const bars = randomWalk(200, 99);
  const range = range128(bars, 180);

  it('constant: P is the weighted share of training trades whose excursion reached the move', () => {
    const riskOf = constant!.curveAt(bars, 180, 'long');
    for (const move of [0.003, 0.01, 0.035, 0.1]) {
      const expected = share(trades, ({ mae }) => mae >= move);
      expect(riskOf(move as Fraction), `move ${move}`).toBeCloseTo(expected, 1.5);
    }
    expect(riskOf(0 as Fraction)).toBe(1);
  });

  it('volatility rule: the same, with moves counted in mean ranges of the last 128 candles', () => {
    const riskOf = volatility!.curveAt(bars, 180, 'long');
    for (const move of [0.01, 0.035, 0.1]) {
      const expected = share(
        trades,
        (trade) => trade.mae / range128(trade.bars, trade.entry) >= move / range,
      );
      expect(riskOf(move as Fraction), `move ${move}`).toBeCloseTo(expected, 1.5);
    }
  });

  it('lookup: the same among the eighth of the trades with a like distance of the averages', () => {
    const feature = RISK_FEATURE_NAMES.indexOf('average_distance');
    const distances = trades.map(
      (_, row) => examples.features[row * RISK_FEATURE_COUNT + feature]!,
    );
    const farthest = distances.toSorted((a, b) => a - b)[(400 * 7) / 8]!;
    const like = trades.filter((_, row) => distances[row]! >= farthest);
    expect(like.length / trades.length).toBeCloseTo(1 / 8, 1);
    const one = like[0]!;
    const riskOf = lookup!.curveAt(one.bars, one.entry, one.direction);
    const move = 0.02;
    const expected = share(
      like,
      (trade) =>
        trade.mae / range128(trade.bars, trade.entry) >= move / range128(one.bars, one.entry),
    );
    expect(riskOf(move as Fraction)).toBeCloseTo(expected, 1);
  });
});

describe('a table of shares', () => {
  const table = reachTable(Float64Array.of(-Infinity, 1, 2, 99), Float64Array.of(1, 1, 1, 1), 0, 4);

  it('counts what lies beyond its end, and not what lies before its beginning', () => {
    expect(shareAt(table, 0)).toBe(0.75);
    expect(shareAt(table, 1.5)).toBe(0.5);
    expect(shareAt(table, 4)).toBe(0.25);
  });

  it('reads as at its ends beyond them', () => {
    expect(shareAt(table, -5)).toBe(0.75);
    expect(shareAt(table, 50)).toBe(0.25);
  });
});

describe('mean return at the edges of the curve', () => {
  it('is a lost stake where liquidated, else the move in units of the stake', () => {
    const row = Int32Array.of(1);
    const [atFirst, ...others] = meanReturnAtEdges(examples, row);
    const edge = (y: number) => Math.exp(y + examples.reference[1]!);
    const { mae, final } = trades[1]!;
    expect(atFirst).toBe(mae >= edge(-1.5) ? -1 : final / edge(-1.5));
    expect(others.at(-1)).toBeCloseTo(final / edge(6), 9);
  });
});
