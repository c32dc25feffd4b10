import { describe, expect, it } from 'vitest';
import { emptyBars, type Bars } from '../../../src-main/domain/bars/bars.ts';
import { randomStream } from '../../../src-main/domain/stats/random.ts';
import { factsOfPieces, piecesOf } from '../../../src-main/synth/facts-of-pieces.ts';
import { stylisedFacts } from '../../../src-main/synth/facts.ts';
import { liquidatedShares } from '../../../src-main/synth/liquidated-shares.ts';

/** Bars that close at `close(i)`, their low, and reach a share of `range(i)` above it. */
function barsOf(length: number, close: (i: number) => number, range: (i: number) => number): Bars {
  const bars = emptyBars(length, 3_600);
  for (let i = 0; i < length; i++) {
    bars.time[i] = i * 3_600;
    const price = close(i);
    bars.open[i] = bars.low[i] = bars.close[i] = price;
    bars.high[i] = price * (1 + range(i));
  }
  return bars;
}

/** Closes that go up and down by `size`, as logs. */
const alternating = (length: number, size: number) =>
  barsOf(
    length,
    (i) => 100 * Math.exp(i % 2 ? size : 0),
    (i) => (i % 3) * size,
  );

describe('the stylised facts of a known process', () => {
  it('normal returns have kurtosis 3 and their own deviation', () => {
    const random = randomStream(1);
    let logClose = 0;
    const bars = barsOf(
      100_000,
      () => Math.exp((logClose += 0.002 * random.normal())),
      () => 0.002 * random.uniform(),
    );
    const facts = stylisedFacts(bars);
    expect(Math.abs(facts.kurtosis - 3)).toBeLessThan(0.06);
    expect(Math.abs(facts.volatility / 0.002 - 1)).toBeLessThan(0.01);
  });

  it('ranges of a first-order autoregression are correlated by its coefficient to the lag', () => {
    const random = randomStream(2);
    let state = 0;
    const bars = barsOf(
      100_000,
      () => 100,
      () => 0.05 + 0.001 * (state = 0.9 * state + random.normal()),
    );
    const { rangeAutocorrelation } = stylisedFacts(bars);
    for (const lag of [1, 6, 24, 120] as const) {
      expect(Math.abs(rangeAutocorrelation[lag] - 0.9 ** lag), `lag ${lag}`).toBeLessThan(0.04);
    }
  });
});

describe('facts of pieces', () => {
  it('pieces of equal length cover the series from its first bar to its last', () => {
    const bars = alternating(1_000, 0.01);
    const pieces = piecesOf(bars, 300);
    expect(pieces.map((piece) => piece.time[0]! / 3_600)).toEqual([0, 233, 467, 700]);
    expect(pieces.every((piece) => piece.close.length === 300)).toBe(true);
    expect(piecesOf(bars, 1_000)).toEqual([bars]);
    expect(piecesOf(bars, 1_001)).toEqual([]);
  });

  it('are the median, and the span of eight in ten', () => {
    const facts = factsOfPieces([0.03, 0.01, 0.02].map((size) => alternating(400, size)))!;
    expect(facts.count).toBe(3);
    expect(facts.median.volatility).toBeCloseTo(0.02, 10);
    expect(facts.low.volatility).toBeCloseTo(0.012, 10);
    expect(facts.high.volatility).toBeCloseTo(0.028, 10);
    expect(facts.median.kurtosis).toBeCloseTo(1, 10);
  });

  it('leave out a piece that stands still', () => {
    const still = barsOf(
      400,
      () => 100,
      () => 0,
    );
    expect(factsOfPieces([still, alternating(400, 0.01)])).toMatchObject({ count: 1 });
    expect(factsOfPieces([still])).toBeNull();
  });
});

describe('shares of trades liquidated', () => {
  /** Never crosses on a flat market, so every trade is held for 20 bars. */
  const RULE = { kind: 'cross', fast: 2, slow: 4, cap: 20 } as const;
  const flatWithLow = (low: (i: number) => number) => {
    const bars = barsOf(
      200,
      () => 100,
      () => 0,
    );
    bars.low.forEach((_, i) => (bars.low[i] = low(i)));
    return bars;
  };
  const shareAt = (told: ReturnType<typeof liquidatedShares>, leverage: number) =>
    told.liquidated.find((row) => row.leverage === leverage)!.share;

  it('a move of 7% liquidates every long at 10x and above, and none below', () => {
    // Entries at bars 6, 12, ... 174, in both directions; shorts never see a loss.
    const told = liquidatedShares([flatWithLow(() => 93)], RULE);
    expect(told.trades).toBe(58);
    expect(told.liquidated.map(({ leverage }) => leverage)).toEqual([2, 3, 5, 7, 10, 14, 20]);
    expect(told.liquidated.map(({ share }) => share)).toEqual([0, 0, 0, 0, 0.5, 0.5, 0.5]);
  });

  it('only a move between entry and exit counts', () => {
    // Trades entered at 84, 90 and 96 are open at bar 100.
    const told = liquidatedShares([flatWithLow((i) => (i === 100 ? 93 : 100))], RULE);
    expect(shareAt(told, 14)).toBeCloseTo(3 / 58, 12);
  });

  it('are taken over the trades of all paths', () => {
    const told = liquidatedShares([flatWithLow(() => 93), flatWithLow(() => 100)], RULE);
    expect(told.trades).toBe(116);
    expect(shareAt(told, 20)).toBe(0.25);
  });

  it('say nothing where no trade can be followed to its exit', () => {
    expect(liquidatedShares([flatWithLow(() => 93)], { ...RULE, cap: 300 })).toEqual({
      trades: 0,
      liquidated: [],
    });
  });
});
