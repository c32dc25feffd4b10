import { describe, expect, it } from 'vitest';
import { weightsOf } from '../../../src-main/datasets/assemble.ts';
import { drawCell } from '../../../src-main/datasets/cell.ts';
import { joinTrades } from '../../../src-main/datasets/columns.ts';
import { CodedError } from '../../../src-main/contract/errors.ts';
import { syntheticMarket } from '../../../src-main/synth/market.ts';
import type { TradeColumns } from '../../../src-main/datasets/columns.ts';
import { run, SOURCE, SPEC } from './run.ts';

const PER_CLASS = 1_200;
const QUOTA = { kind: 'classes', perClass: PER_CLASS } as const;
const SIXTEEN = { tradesAPath: 16 };
const whole = run(QUOTA, SIXTEEN);
const named = (start: string) => whole.datasets.find(({ name }) => name.startsWith(start))!;
/** A trade is its path, entry, direction and equity. */
const keys = ({ path, entry, short, leverageMax }: TradeColumns) =>
  [...path].map((number, i) => `${number} ${entry[i]} ${short[i]} ${leverageMax[i]}`);

describe('the five datasets of accepted classes', () => {
  it('are named after their size', () => {
    expect(whole.datasets.map(({ name }) => name)).toEqual([
      'small_v2_1200',
      'mid_v2_1200',
      'big_v2_1200',
      'balanced_v2_1200',
      'reinforcement_v2_2400',
    ]);
  });

  it('hold as many trades of each class as asked for, a third of them balanced', () => {
    expect(whole.datasets.map(({ mix }) => mix)).toEqual([
      { small: 1_200, mid: 0, big: 0 },
      { small: 0, mid: 1_200, big: 0 },
      { small: 0, mid: 0, big: 1_200 },
      { small: 396, mid: 396, big: 396 },
      { small: 804, mid: 804, big: 804 },
    ]);
    for (const { trades, promised } of whole.datasets) expect(trades.path).toHaveLength(promised);
  });

  it('split the accepted trades into balanced and the rest: disjoint, and together all of them', () => {
    const balanced = new Set(keys(named('balanced').trades));
    const rest = new Set(keys(named('reinforcement').trades));
    const classes = ['small', 'mid', 'big'].flatMap((name) => keys(named(name).trades));
    expect([...balanced].filter((trade) => rest.has(trade))).toEqual([]);
    expect(new Set([...balanced, ...rest])).toEqual(new Set(classes));
    expect(new Set(classes).size).toBe(3 * PER_CLASS);
  });

  it('are the union of their cells, drawn in any order', () => {
    const market = syntheticMarket(SOURCE, SPEC.mix);
    const backwards = [2, 1, 0].map(
      (cell) => drawCell(market, { ...SPEC, ...SIXTEEN }, QUOTA, cell).trades,
    );
    expect(joinTrades(backwards.toReversed())).toEqual(
      joinTrades(whole.cells.map(({ trades }) => trades)),
    );
  });

  it('take the common classes from as many paths as the rare one, not from the first few', () => {
    const { path, sizeClass } = whole.cells[0]!.trades;
    const pathsOf = (of: number) =>
      [...path].filter((_, i) => sizeClass[i] === of).map((number) => number / Math.max(...path));
    const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
    for (const of of [0, 1, 2]) expect(mean(pathsOf(of))).toBeCloseTo(0.5, 1);
  });

  it('weigh each class by its natural share over its share here', () => {
    const drawn = { small: 800, mid: 50, big: 150 };
    expect(weightsOf({ small: 10, mid: 10, big: 10 }, drawn)).toEqual({
      small: expect.closeTo(2.4),
      mid: expect.closeTo(0.15),
      big: expect.closeTo(0.45),
    });
    expect(weightsOf({ small: 0, mid: 7, big: 0 }, drawn)).toEqual({ small: 0, mid: 0.05, big: 0 });
    expect(weightsOf(drawn, drawn)).toEqual({ small: 1, mid: 1, big: 1 });
  });

  it('weigh so that balanced trades have the mean of natural ones', () => {
    const natural = run({ kind: 'natural', trades: 12_000 }).datasets[0]!;
    const drawn = { small: 0, mid: 0, big: 0 };
    for (const cell of whole.cells) {
      for (const of of ['small', 'mid', 'big'] as const) drawn[of] += cell.drawn[of];
    }
    const all = joinTrades(['small', 'mid', 'big'].map((name) => named(name).trades));
    const { small, mid, big } = weightsOf(
      { small: PER_CLASS, mid: PER_CLASS, big: PER_CLASS },
      drawn,
    );
    const weights = [small, mid, big];
    const mean = (of: TradeColumns, weightOf: (sizeClass: number) => number) => {
      let sum = 0;
      of.mae.forEach((mae, i) => (sum += mae * weightOf(of.sizeClass[i]!)));
      return sum / of.mae.length;
    };
    const wanted = mean(natural.trades, () => 1);
    expect(Math.abs(mean(all, (of) => weights[of]!) / wanted - 1)).toBeLessThan(0.1);
    // Without the weights it is another market.
    expect(Math.abs(mean(all, () => 1) / wanted - 1)).toBeGreaterThan(0.15);
  });
});

describe('a quota that cannot be met', () => {
  const refusal = (leverage: number, perClass = 100) => {
    try {
      run({ kind: 'classes', perClass }, { brokerLeverage: leverage, tradesAPath: 16 });
    } catch (error) {
      if (error instanceof CodedError) return error;
      throw error;
    }
    throw new Error('it was met');
  };

  it('ends with the class and the reason: margin allows no such size', () => {
    const { code, details, message } = refusal(2);
    expect(code).toBe('quota-unmet');
    expect(details).toMatchObject({ class: 'big', found: 0, drawn: 20_000 });
    expect(message).toMatch(/at 2x no account here carries more than 1.80 oz/);
  });

  it('ends where a class is too rare to be collected', () => {
    // Hardly an account reaches past 3.00 oz.
    const { code, details } = refusal(3.4, 200);
    expect(code).toBe('quota-unmet');
    expect(details['class']).toBe('big');
    expect(details['drawn']).toBeLessThan(200_000);
  });
});
