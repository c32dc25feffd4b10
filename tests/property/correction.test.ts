import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CorrectedLimits,
  correctedLimit,
  type ClosedTrade,
} from '../../src-main/domain/risk/correction.ts';
import type { Direction, Fraction, UtcSeconds } from '../../src-main/domain/units.ts';

const NOMINAL = 0.06 as Fraction;

interface Made extends ClosedTrade {
  readonly entry: UtcSeconds;
}

/** Trades in the order of their entries; some are open for long. */
const trades: fc.Arbitrary<readonly Made[]> = fc
  .array(
    fc.record({
      entry: fc.integer({ min: 0, max: 300 }),
      held: fc.integer({ min: 1, max: 200 }),
      direction: fc.constantFrom<Direction>('long', 'short'),
      liquidated: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((drawn) =>
    drawn
      .toSorted((a, b) => a.entry - b.entry)
      .map(({ entry, held, ...trade }) => ({
        ...trade,
        entry: entry as UtcSeconds,
        closedAt: (entry + held) as UtcSeconds,
      })),
  );

/** The limit that each trade is decided by, all others made beforehand. */
function limitsOf(made: readonly Made[], nominal = NOMINAL): Fraction[] {
  const limits = new CorrectedLimits(nominal);
  return made.map((trade) => {
    const limit = limits.at(trade.entry, trade.direction);
    limits.add(trade);
    return limit;
  });
}

/** The rule as it is written down: sort what has closed, go through it. */
const plainly = (made: readonly Made[], { entry, direction }: Made): Fraction =>
  made
    .filter((trade) => trade.entry <= entry && trade.closedAt <= entry)
    .filter((trade) => trade.direction === direction)
    .toSorted((a, b) => a.closedAt - b.closedAt)
    .reduce((limit, { liquidated }) => correctedLimit(limit, NOMINAL, liquidated), NOMINAL);

describe('the online correction of the limit', () => {
  it('goes from 6.0% to 4.1% with one liquidation, and back by 0.12 points a survivor', () => {
    const lower = correctedLimit(NOMINAL, NOMINAL, true);
    expect(lower).toBeCloseTo(0.0412, 12);
    expect(correctedLimit(lower, NOMINAL, false)).toBeCloseTo(0.0424, 12);
  });

  it('never exceeds the nominal limit, and never reaches zero', () => {
    fc.assert(
      fc.property(trades, fc.double({ min: 0.006, max: 0.25, noNaN: true }), (made, nominal) => {
        for (const limit of limitsOf(made, nominal as Fraction)) {
          expect(limit).toBeLessThanOrEqual(nominal);
          expect(limit).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('comes back to the nominal limit, however many were liquidated', () => {
    let limit = NOMINAL;
    for (let i = 0; i < 100; i++) limit = correctedLimit(limit, NOMINAL, true);
    for (let i = 0; i < 40; i++) limit = correctedLimit(limit, NOMINAL, false);
    expect(limit).toBe(NOMINAL);
  });

  it('is moved by each trade once it has closed, in the order of the closes, by direction', () => {
    fc.assert(
      fc.property(trades, (made) => {
        expect(limitsOf(made)).toEqual(made.map((trade) => plainly(made, trade)));
      }),
    );
  });

  it('knows nothing of a trade that is still open: its outcome changes no earlier decision', () => {
    fc.assert(
      fc.property(trades, fc.nat(), (made, pick) => {
        fc.pre(made.length > 0);
        const at = pick % made.length;
        const other = made.with(at, { ...made[at]!, liquidated: !made[at]!.liquidated });
        const before = (limits: readonly Fraction[]) =>
          limits.filter((_, i) => made[i]!.entry < made[at]!.closedAt);
        expect(before(limitsOf(other))).toEqual(before(limitsOf(made)));
      }),
    );
  });

  it('goes by closes, not entries: what closed last weighs last', () => {
    const trade = (entry: number, closedAt: number, liquidated: boolean): Made => ({
      entry: entry as UtcSeconds,
      closedAt: closedAt as UtcSeconds,
      direction: 'long',
      liquidated,
    });
    const last = trade(100, 101, false);
    // A survivor at the nominal limit changes nothing; after a liquidation it raises the limit.
    const survivorLast = limitsOf([trade(0, 20, false), trade(1, 10, true), last]).at(-1);
    const survivorFirst = limitsOf([trade(0, 10, false), trade(1, 20, true), last]).at(-1);
    expect(survivorLast).toBeCloseTo(0.0424, 12);
    expect(survivorFirst).toBeCloseTo(0.0412, 12);
  });

  it('leaves the shorts alone where longs were liquidated', () => {
    const long = { direction: 'long', closedAt: 5 as UtcSeconds, liquidated: true } as const;
    const limits = new CorrectedLimits(NOMINAL);
    limits.add(long);
    expect(limits.at(9 as UtcSeconds, 'short')).toBe(NOMINAL);
    expect(limits.at(9 as UtcSeconds, 'long')).toBeCloseTo(0.0412, 12);
  });
});
