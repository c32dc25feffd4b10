import { describe, expect, it } from 'vitest';
import { pathOf } from '../../../src-main/domain/bars/bars.ts';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { EXIT_RULES } from '../../../src-main/domain/exits/exit-rule.ts';
import { LONGEST_HELD } from '../../../src-main/domain/exits/own.ts';
import { prepareExits } from '../../../src-main/domain/exits/exits.ts';
import { simulatePlainly } from '../../../src-main/domain/simulate/simulate-plain.ts';
import { emptyLadderOutcome, excursion } from '../../../src-main/domain/simulate/simulate.ts';
import { SIZES } from '../../../src-main/domain/size.ts';
import { drawCell } from '../../../src-main/datasets/cell.ts';
import {
  joinTrades,
  liquidationStarts,
  outcomeOf,
  type TradeColumns,
} from '../../../src-main/datasets/columns.ts';
import { drawTrades } from '../../../src-main/datasets/draw-trades.ts';
import { originOf } from '../../../src-main/datasets/origin.ts';
import { readTrades } from '../../../src-main/datasets/read-trades.ts';
import { drawSpec, PATH_BARS } from '../../../src-main/datasets/spec.ts';
import { syntheticMarket } from '../../../src-main/synth/market.ts';
import type { ExitRule } from '../../../src-main/domain/exits/exit-rule.ts';
import type { Money } from '../../../src-main/domain/units.ts';
import { PARAMETERS } from '../synth/parameters.ts';
import { run, SOURCE, SPEC } from './run.ts';

const QUOTA = { kind: 'natural', trades: 5_003 } as const;
const whole = run(QUOTA);
const dataset = whole.datasets[0]!;
const { trades } = dataset;
const stored = {
  name: 'test',
  origin: originOf(SPEC, QUOTA, SOURCE),
  trades: 5_003,
  weights: { small: 1, mid: 2, big: 3 },
  blocks: () => dataset.blocks,
};

const trade = (from: TradeColumns, row: number) => ({
  entry: from.entry[row]!,
  exit: from.exit[row]!,
  direction: from.short[row] ? ('short' as const) : ('long' as const),
});

describe('a dataset in its natural mix', () => {
  it('has as many trades as asked for, in blocks, and counts its classes', () => {
    expect(dataset.trades.path).toHaveLength(5_003);
    expect(dataset.blocks.map((block) => block.trades)).toEqual([4_096, 907]);
    const { small, mid, big } = dataset.mix;
    expect(small + mid + big).toBe(5_003);
    expect(Math.min(small, mid, big)).toBeGreaterThan(100);
  });

  it('takes far less than 200 bytes a trade, the outcome of all 30 sizes included', () => {
    expect(dataset.bytes / 5_003).toBeLessThan(70);
  });

  it('is the same bit for bit for the same seed, and another for another', () => {
    expect(run(QUOTA).datasets[0]!.checksum).toBe(dataset.checksum);
    expect(run(QUOTA, { seed: 6 }).datasets[0]!.checksum).not.toBe(dataset.checksum);
  });

  it('is the union of its cells, whoever draws them and in whatever order', () => {
    const market = syntheticMarket(SOURCE, SPEC.mix);
    const backwards = [1, 0].map((cell) => drawCell(market, SPEC, QUOTA, cell).trades);
    expect(joinTrades(backwards.toReversed())).toEqual(trades);
  });

  it('is the union of its paths', () => {
    const market = syntheticMarket(SOURCE, SPEC.mix);
    const paths = Array.from({ length: Math.ceil(5_003 / 8) }, (_, path) =>
      drawTrades(market, SPEC, path, Math.min(8, 5_003 - path * 8)),
    );
    expect(joinTrades(paths)).toEqual(trades);
  });

  it('draws both directions, entries after the warm-up, exits before the end of the path', () => {
    const { short, entry, exit, leverageMax } = trades;
    const shorts = short.reduce((sum, x) => sum + x, 0);
    expect(Math.abs(shorts / 5_003 - 0.5)).toBeLessThan(0.03);
    expect(Math.min(...entry)).toBeGreaterThanOrEqual(256);
    expect(Math.max(...entry)).toBeLessThan(1_400 - 720);
    entry.forEach((at, i) => expect(exit[i]).toBeGreaterThan(at));
    expect(Math.max(...exit)).toBeLessThan(1_400);
    const logs = leverageMax.map((x) => Math.log(x / 5) / Math.log(8));
    expect(Math.min(...logs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...logs)).toBeLessThanOrEqual(1);
    expect(logs.reduce((sum, x) => sum + x, 0) / logs.length).toBeCloseTo(0.5, 1);
  });

  it('keeps what the plain simulator says of every size of every trade', () => {
    const market = syntheticMarket(SOURCE, SPEC.mix);
    const starts = liquidationStarts(trades);
    const outcome = emptyLadderOutcome();
    let liquidated = 0;
    for (let row = 0; row < 600; row++) {
      const bars = market.path(SPEC.seed, trades.path[row]!, SPEC.pathBars);
      const of = trade(trades, row);
      const price = bars.close[of.entry]!;
      expect(trades.entryPrice[row]).toBe(price);
      const equity = ((4.5 * price) / trades.leverageMax[row]!) as Money;
      outcomeOf(trades, starts, row, outcome);
      let best = { size: 0, return: -Infinity };
      for (const size of SIZES) {
        const plain = simulatePlainly(bars, of, size, equity, STUDY_RULES);
        expect(size <= outcome.feasible).toBe(plain.feasible);
        if (!plain.feasible) continue;
        const at = outcome.liquidatedAt[size - 1]!;
        expect(at).toBe(plain.liquidatedAt);
        expect(outcome.returns[size - 1]).toBeCloseTo(plain.return, 6);
        if (at >= 0) liquidated++;
        if (plain.return > best.return + 1e-12) best = { size, return: plain.return };
      }
      expect(trades.best[row]).toBe(best.size);
      expect(trades.sizeClass[row]).toBe(best.size <= 10 ? 0 : best.size <= 20 ? 1 : 2);
    }
    expect(liquidated).toBeGreaterThan(50);
  });

  it('gives each trade its candles up to the entry again, and on the whole path the same exit', () => {
    const reader = readTrades(stored, SOURCE);
    const market = syntheticMarket(SOURCE, SPEC.mix);
    expect(reader.count).toBe(5_003);
    let visited = 0;
    reader.forEach(({ bars, path, entry, exit, direction, mae, final, weight }, index) => {
      expect(index).toBe(visited++);
      expect(weight).toBe(trades.sizeClass[index]! + 1);
      if (index % 7 > 0) return;
      const whole = market.path(SPEC.seed, path, SPEC.pathBars);
      expect(bars.close.length).toBeGreaterThan(entry);
      expect(bars.close).toEqual(whole.close.subarray(0, bars.close.length));
      expect(prepareExits(whole, SPEC.exit).exitOf(entry, direction, 0)).toBe(exit);
      expect(excursion(pathOf(whole, direction), entry, exit)).toEqual({ adverse: mae, final });
    });
    expect(visited).toBe(5_003);
  });

  it('draws each path once and visits its trades one after the other, across blocks', () => {
    const paths: number[] = [];
    const drawn = new Set<Float64Array>();
    readTrades(stored, SOURCE).forEach(({ path, bars }) => {
      paths.push(path);
      drawn.add(bars.close);
    });
    expect(paths).toEqual(paths.toSorted((a, b) => a - b));
    expect(drawn.size).toBe(new Set(paths).size);
  });

  const own: ExitRule = { kind: 'own', holding: [3, 40, 40, 500], trades: 30, cap: 500 };
  it.each([...Object.values(EXIT_RULES), own])('holds to the exit rule $kind', (exit: ExitRule) => {
    const quota = { kind: 'natural', trades: 200 } as const;
    const made = run(quota, { exit, pathBars: 1_600 });
    const market = syntheticMarket(SOURCE, SPEC.mix);
    const of = made.datasets[0]!.trades;
    for (let row = 0; row < 200; row++) {
      const { entry, exit: end, direction } = trade(of, row);
      const exits = prepareExits(market.path(5, of.path[row]!, 1_600), exit);
      expect(exits.mayEnter(entry, direction)).toBe(true);
      expect(end - entry).toBeLessThanOrEqual(exit.cap);
    }
  });
});

it('has room on a path for the longest of own holding times', () => {
  const exit = { kind: 'own', holding: [1, LONGEST_HELD], trades: 30, cap: LONGEST_HELD };
  expect(drawSpec.safeParse({ ...SPEC, pathBars: PATH_BARS, exit }).success).toBe(true);
});

describe('trades that cannot be drawn again', () => {
  it('are not read where other parameters or another series would draw other candles', () => {
    const { garch } = PARAMETERS;
    const other = { ...SOURCE, parameters: { ...PARAMETERS, garch: { ...garch, alpha: 0.04 } } };
    expect(() => readTrades(stored, other)).toThrow(/other market parameters/);
    const elsewhere = { ...SOURCE, bootstrapSource: null };
    expect(() => readTrades(stored, elsewhere)).toThrow(/another real series/);
    const newer = { ...stored, origin: { ...stored.origin, generatorVersion: 2 } };
    expect(() => readTrades(newer, SOURCE)).toThrow(/version 2 of the generators/);
  });

  it('end with the reason where the exit rule lets no trade begin', () => {
    const never: ExitRule = { kind: 'rsi', period: 14, high: 0.1, low: 99.9, cap: 100 };
    expect(() => run(QUOTA, { exit: never })).toThrow(/lets no trade begin/);
  });
});
