import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { settleLadder, type Position } from '../../../src-main/domain/risk/ladder.ts';
import { penalised, unbiased, type SizeCurve } from '../../../src-main/domain/risk/risk-curve.ts';
import { SIZE_COUNT } from '../../../src-main/domain/size.ts';
import type { Fraction, Money, UsdPerOunce } from '../../../src-main/domain/units.ts';

const PRICE = 2000 as UsdPerOunce;
/** A curve that says the same of equal leverage in every account: P = L / 100, mean return L / 50. */
const GRID = Array.from({ length: 24 }, (_, i) => 5 * 8 ** (i / 23));
const ofRungs = (value: (leverage: number) => number, grid: readonly number[] = GRID) =>
  grid.flatMap((account) =>
    Array.from({ length: SIZE_COUNT }, (_, i) => value((account * (i + 1)) / SIZE_COUNT)),
  );
const LINEAR: SizeCurve = {
  kind: 'sizes',
  leverages: GRID,
  p: ofRungs((leverage) => leverage / 100),
  meanReturn: ofRungs((leverage) => leverage / 50),
};

/** An account in which 4.50 oz has this effective leverage. */
const accountOf = (leverage: number, rules = STUDY_RULES): Position => ({
  price: PRICE,
  equity: ((4.5 * PRICE) / leverage) as Money,
  direction: 'short',
  rules,
});

describe('the penalty of V2', () => {
  const shares = fc.double({ min: 0, max: 1, noNaN: true });

  it('is taken off: P = P′ / (5 - 4P′)', () => {
    expect(unbiased(0)).toBe(0);
    expect(unbiased(1)).toBe(1);
    expect(unbiased(0.5)).toBeCloseTo(1 / 6, 12);
    fc.assert(
      fc.property(shares, (p) => {
        expect(unbiased(penalised(p))).toBeCloseTo(p, 12);
      }),
    );
  });

  it('makes the log loss of P′ smallest where P′ is what it is taken off from', () => {
    const frequency = 0.07;
    const loss = (p: number) => -5 * frequency * Math.log(p) - (1 - frequency) * Math.log(1 - p);
    const best = penalised(frequency);
    expect(loss(best)).toBeLessThan(loss(best - 0.01));
    expect(loss(best)).toBeLessThan(loss(best + 0.01));
  });
});

describe('a curve of the 30 sizes', () => {
  it('says of a trained account what it holds, in between and at its ends', () => {
    for (const leverage of [5, GRID[7]!, 11.3, 20]) {
      const ladder = settleLadder(LINEAR, accountOf(leverage));
      expect(ladder.every(({ feasible }) => feasible)).toBe(true);
      for (const rung of ladder) {
        expect(rung.pLiquidation).toBeCloseTo(rung.leverage / 100, 3);
        expect(rung.expectedReturn).toBeCloseTo(rung.leverage / 50, 3);
      }
    }
  });

  it('stays silent where margin ends, and has P = 1 above the largest trained leverage', () => {
    const ladder = settleLadder(LINEAR, accountOf(40));
    expect(ladder[14]).toMatchObject({ feasible: true, leverage: 20 });
    expect(ladder[14]!.pLiquidation).toBeCloseTo(0.2, 6);
    expect(ladder[15]).toMatchObject({ feasible: false, pLiquidation: null });
    const generous = { ...STUDY_RULES, leverage: 100 };
    expect(settleLadder(LINEAR, accountOf(40, generous))[15]).toMatchObject({
      feasible: true,
      pLiquidation: 1,
      expectedReturn: null,
    });
  });

  it('is read at equal leverage in accounts smaller or larger than any trained one', () => {
    for (const leverage of [3, 4.9, 60, 200]) {
      const ladder = settleLadder(LINEAR, accountOf(leverage));
      // Smaller than the smallest rung of the largest account, its P stands.
      const read = (own: number) => Math.max(own, 5 / 30);
      for (const rung of ladder.filter(({ feasible }) => feasible)) {
        expect(rung.pLiquidation).toBeCloseTo(read(rung.leverage) / 100, 6);
        expect(rung.expectedReturn).toBeCloseTo(rung.leverage / 50, 6);
      }
    }
  });

  it('is read by the move that liquidates where the broker has another rule', () => {
    const rules = {
      ...STUDY_RULES,
      stopOut: { kind: 'margin' as const, level: 0.5 as Fraction },
    };
    for (const rung of settleLadder(LINEAR, accountOf(10, rules))) {
      const studied = 0.7 / (1 / rung.leverage - 0.5 / 20);
      expect(rung.pLiquidation).toBeCloseTo(Math.max(studied, 10 / 30) / 100, 3);
      expect(rung.expectedReturn).toBeCloseTo(rung.leverage / 50, 3);
    }
    // A position that is liquidated by a smaller move than any trained one is not known.
    const strict = { ...rules, stopOut: { kind: 'margin' as const, level: 1 as Fraction } };
    const top = settleLadder(LINEAR, accountOf(20, strict)).at(-1)!;
    expect(top).toMatchObject({ pLiquidation: 1, expectedReturn: null });
  });

  it('is never liquidated where no price can liquidate', () => {
    const [smallest] = settleLadder(LINEAR, { ...accountOf(5), direction: 'long' });
    expect(smallest!.liquidationPrice).toBeLessThanOrEqual(0);
    expect(smallest!.pLiquidation).toBe(0);
  });

  it('stays between the two rungs and the two accounts that it is read from', () => {
    const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 2 * SIZE_COUNT,
      maxLength: 2 * SIZE_COUNT,
    });
    fc.assert(
      fc.property(p, fc.double({ min: 1, max: 90, noNaN: true }), (p, leverage) => {
        const curve = { ...LINEAR, leverages: [5, 40], p, meanReturn: p };
        const known = settleLadder(curve, accountOf(leverage)).flatMap(
          ({ pLiquidation }) => pLiquidation ?? [],
        );
        expect(known.length).toBeGreaterThan(0);
        expect(Math.min(...known)).toBeGreaterThanOrEqual(Math.min(...p) - 1e-12);
        expect(Math.max(...known)).toBeLessThanOrEqual(Math.max(...p) + 1e-12);
      }),
    );
  });
});
