import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watch } from '../../src-main/domain/risk/alarm.ts';
import type { Fraction, UtcSeconds } from '../../src-main/domain/units.ts';

const trade = (enteredAt: number, closedAt: number, promised: number, liquidated: boolean) => ({
  enteredAt: enteredAt as UtcSeconds,
  closedAt: closedAt as UtcSeconds,
  promised: promised as Fraction,
  liquidated,
});

describe('the evidence', () => {
  it('of trades in turn is the mean of likelihood ratios, over the odds and where the bet begins', () => {
    const outcomes = fc.record({
      promised: fc.double({ min: 0.01, max: 0.3, noNaN: true }),
      liquidated: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(outcomes, { minLength: 1, maxLength: 12 }), (drawn) => {
        const told = watch(
          drawn.map(({ promised, liquidated }, i) => trade(i, i + 1, promised, liquidated)),
        );
        if (told.kind === 'refused') throw new Error(told.reason);
        const seen = drawn.slice(0, told.steps.length);
        const ratio = (odds: number, { promised, liquidated }: (typeof drawn)[number]) =>
          (liquidated ? odds : 1) / (1 - promised + odds * promised);
        // Part of the money that is out of play until trade `i`.
        const kept = (i: number) => 20 / (20 + i);
        let mean = kept(seen.length);
        for (const odds of [1.5, 2, 3, 5]) {
          seen.forEach((_, from) => {
            const product = seen.slice(from).reduce((e, trade) => e * ratio(odds, trade), 1);
            mean += ((kept(from) - kept(from + 1)) / 4) * product;
          });
        }
        expect(told.steps.at(-1)!.evidence / mean).toBeCloseTo(1, 9);
      }),
    );
  });
});
