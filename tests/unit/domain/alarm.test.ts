import { describe, expect, it } from 'vitest';
import { ALARM_AT, watch, type PromisedTrade } from '../../../src-main/domain/risk/alarm.ts';
import type { Fraction, UtcSeconds } from '../../../src-main/domain/units.ts';

const trade = (
  enteredAt: number,
  closedAt: number | null,
  promised: number,
  liquidated: boolean,
): PromisedTrade => ({
  enteredAt: enteredAt as UtcSeconds,
  closedAt: closedAt as UtcSeconds | null,
  promised: promised as Fraction,
  liquidated,
});

function watched(trades: readonly PromisedTrade[]) {
  const told = watch(trades);
  if (told.kind === 'refused') throw new Error(told.reason);
  return told;
}
const evidenceOf = (trades: readonly PromisedTrade[]) =>
  watched(trades).steps.map(({ evidence }) => evidence);

/** One after the other, each liquidated. */
const liquidatedEach = (promised: number, times: number) =>
  Array.from({ length: times }, (_, i) => trade(i, i + 1, promised, true));

describe('the alarm', () => {
  it('has nothing to say of no trades', () => {
    expect(watch([])).toEqual({
      kind: 'watch',
      trades: 0,
      expected: 0,
      realised: 0,
      steps: [],
      firedAt: null,
    });
  });

  it('moves what is in play by the likelihood ratio', () => {
    // 1 of 21 parts is in play, a quarter of it at each of the odds; the chance of 0.2 at 1.5, 2, 3
    // and 5 times its odds is 3/11, 1/3, 3/7 and 5/9.
    const chances = [3 / 11, 1 / 3, 3 / 7, 5 / 9];
    const mean = (of: (chance: number) => number) =>
      chances.reduce((sum, chance) => sum + of(chance) / 4, 0);
    const [liquidated] = evidenceOf([trade(0, 1, 0.2, true)]);
    expect(liquidated).toBeCloseTo(20 / 21 + mean((chance) => chance / 0.2) / 21, 12);
    const [survived] = evidenceOf([trade(0, 1, 0.2, false)]);
    expect(survived).toBeCloseTo(20 / 21 + mean((chance) => (1 - chance) / 0.8) / 21, 12);
  });

  it('goes off after five in a row at 6%, and tells at which', () => {
    const told = watched(liquidatedEach(0.06, 20));
    expect(told.firedAt).toBe(4);
    expect(told.steps.at(-1)!.trade).toBe(4);
    expect(told.steps.at(-1)!.evidence).toBeGreaterThanOrEqual(ALARM_AT);
    expect(told.steps.at(-2)!.evidence).toBeLessThan(ALARM_AT);
    expect([told.trades, told.realised]).toEqual([20, 20]);
    expect(told.expected).toBeCloseTo(1.2, 12);
  });

  it('adds where trades were open together: ten in one fall weigh less than ten in ten', () => {
    const together = Array.from({ length: 10 }, (_, i) => trade(i, 100 + i, 0.06, true));
    expect(watched(together).firedAt).toBeNull();
    expect(watched(liquidatedEach(0.06, 10)).firedAt).not.toBeNull();
  });

  it('counts a trade only once it has closed, and holds its stake back until then', () => {
    const open = trade(0, null, 0.06, false);
    const told = watched([open, trade(5, 9, 0.06, true)]);
    expect(told).toMatchObject({ trades: 1, realised: 1, expected: 0.06 });
    expect(told.steps.map(({ trade }) => trade)).toEqual([1]);
    const survivedBefore = watched([trade(0, 1, 0.06, false), trade(5, 9, 0.06, true)]);
    expect(told.steps.at(-1)).toEqual(survivedBefore.steps.at(-1));
  });

  it('knows at an entry what closed at that moment, in whatever order trades are given', () => {
    const first = trade(0, 10, 0.06, true);
    const second = trade(10, 20, 0.06, true);
    const later = trade(11, 20, 0.06, true);
    expect(evidenceOf([first, second])).toEqual(evidenceOf([first, later]));
    expect(evidenceOf([second, first])).toEqual(evidenceOf([first, second]));
  });

  it('takes a trade that closed in the second it was entered', () => {
    expect(evidenceOf([trade(7, 7, 0.06, true)])).toEqual(evidenceOf([trade(7, 8, 0.06, true)]));
  });

  it('learns nothing from a survivor of P = 0 or from any outcome of P = 1', () => {
    expect(evidenceOf([trade(0, 1, 0, false)])[0]).toBeCloseTo(1, 12);
    expect(evidenceOf([trade(0, 1, 1, false)])[0]).toBeLessThan(1);
    expect(evidenceOf([trade(0, 1, 1, true)])[0]).toBeCloseTo(1, 12);
    expect(evidenceOf([trade(0, 1, 0, true)])[0]).toBeGreaterThan(1);
    expect(watched(liquidatedEach(0, 8)).firedAt).not.toBeNull();
    expect(watched(liquidatedEach(1, 500)).firedAt).toBeNull();
  });

  it.each([NaN, -0.01, 1.01, Infinity])('refuses %d for a probability', (promised) => {
    const trades = [trade(0, 1, 0.1, false), trade(1, 2, promised, false)];
    expect(watch(trades)).toEqual({ kind: 'refused', reason: 'no-probability', trade: 1 });
  });

  it('refuses a trade that closed before it was entered', () => {
    const refused = { kind: 'refused', reason: 'closed-before-entry', trade: 0 };
    expect(watch([trade(5, 4, 0.1, false)])).toEqual(refused);
    expect(watch([trade(5, NaN, 0.1, false)])).toEqual(refused);
  });
});
