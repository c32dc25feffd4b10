import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  heldBeyond,
  holdingAt,
  holdingCurve,
  ownExits,
  type ObservedHolding,
} from '../../src-main/domain/exits/own-exits.ts';

const times = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 80 });
const observations = fc.array(
  fc.record({ bars: fc.integer({ min: 1, max: 60 }), ended: fc.boolean() }),
  { minLength: 1, maxLength: 80 },
);
/** The middles of so many equal parts of [0, 1). */
const draws = (parts: number) => Array.from({ length: parts }, (_, i) => (i + 0.5) / parts);
const allEnded = (bars: readonly number[]): ObservedHolding[] =>
  bars.map((time) => ({ bars: time, ended: true }));

describe('the curve of holding times', () => {
  it('is the empirical distribution where nothing is censored', () => {
    fc.assert(
      fc.property(times, (bars) => {
        const curve = holdingCurve(allEnded(bars));
        for (const time of [0, ...bars]) {
          const longer = bars.filter((other) => other > time).length / bars.length;
          expect(heldBeyond(curve, time)).toBeCloseTo(longer, 12);
        }
        const drawn = draws(bars.length).map((draw) => holdingAt(curve, draw));
        expect(drawn).toEqual(bars.toSorted((a, b) => a - b));
      }),
    );
  });

  it('never shortens where one more trade is censored', () => {
    fc.assert(
      fc.property(observations, fc.nat(), (observed, pick) => {
        const at = pick % observed.length;
        const before = holdingCurve(observed);
        const after = holdingCurve(observed.with(at, { ...observed[at]!, ended: false }));
        for (const draw of draws(50)) {
          expect(holdingAt(after, draw)).toBeGreaterThanOrEqual(holdingAt(before, draw));
        }
      }),
    );
  });

  it('comes back in the draws, what is beyond the last end at the longest observed', () => {
    fc.assert(
      fc.property(observations, (observed) => {
        const curve = holdingCurve(observed);
        const drawn = draws(4000).map((draw) => holdingAt(curve, draw));
        for (const { bars, held } of curve.steps.filter(({ bars }) => bars < curve.longest)) {
          const longer = drawn.filter((time) => time > bars).length / drawn.length;
          expect(Math.abs(longer - held)).toBeLessThan(1 / 4000);
        }
        expect(Math.max(...drawn)).toBeLessThanOrEqual(curve.longest);
      }),
    );
  });

  it('finds the true times again where a third of the trades is censored without regard to them', () => {
    // True times are uniform on 1 to 60, those of censoring on 1 to 90.
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 29 }), (stride) => {
        const observed = Array.from({ length: 5400 }, (_, i) => {
          const [bars, censoredAt] = [1 + (i % 60), 1 + ((i * stride + Math.floor(i / 60)) % 90)];
          return { bars: Math.min(bars, censoredAt), ended: bars <= censoredAt };
        });
        for (const time of [10, 20, 30, 40, 50]) {
          expect(Math.abs(heldBeyond(holdingCurve(observed), time) - (1 - time / 60))).toBeLessThan(
            0.02,
          );
        }
      }),
      { numRuns: 10 },
    );
  });
});

it('makes a rule of rising times that ends with its cap', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 4000, noNaN: true }), { minLength: 30 }),
      (bars) => {
        const told = ownExits(allEnded(bars));
        if (told.kind === 'refused') throw new Error(told.reason);
        const { holding, cap } = told.rule;
        expect(holding).toEqual(holding.toSorted((a, b) => a - b));
        expect(holding.at(-1)).toBe(cap);
        expect(holding.every((time) => Number.isInteger(time) && time >= 1)).toBe(true);
      },
    ),
  );
});
