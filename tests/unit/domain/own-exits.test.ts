import { describe, expect, it } from 'vitest';
import {
  EXIT_RULES,
  exitRuleText,
  isOfPlan,
  isTextOfPlan,
  plannedRule,
} from '../../../src-main/domain/exits/exit-rule.ts';
import {
  heldBeyond,
  holdingAt,
  holdingCurve,
  ownExits,
  type ObservedHolding,
} from '../../../src-main/domain/exits/own-exits.ts';
import { LONGEST_HELD } from '../../../src-main/domain/exits/own.ts';

const held = (ended: boolean, ...times: number[]): ObservedHolding[] =>
  times.map((bars) => ({ bars, ended }));
const upTo = (times: number) => Array.from({ length: times }, (_, i) => i + 1);

function rulesOf(observed: readonly ObservedHolding[]) {
  const told = ownExits(observed);
  if (told.kind === 'refused') throw new Error(told.reason);
  return told;
}

describe('the curve of holding times', () => {
  it('of no trades knows nothing', () => {
    expect(holdingCurve([])).toEqual({ ended: 0, censored: 0, steps: [], longest: 0 });
  });

  it('counts a censored trade among those held until then, at that very time too', () => {
    const curve = holdingCurve([...held(true, 5, 10), ...held(false, 5)]);
    expect(heldBeyond(curve, 4.9)).toBe(1);
    expect(heldBeyond(curve, 5)).toBeCloseTo(2 / 3, 12);
    expect(heldBeyond(curve, 10)).toBe(0);
  });

  it('gives each length as often as it has it, and the longest observed beyond the last ended', () => {
    const curve = holdingCurve([...held(true, 2, 4), ...held(false, 9, 30)]);
    expect([0, 0.24, 0.26, 0.49, 0.51, 0.99].map((draw) => holdingAt(curve, draw))).toEqual([
      2, 2, 4, 4, 30, 30,
    ]);
    expect(heldBeyond(curve, 30)).toBe(0.5);
  });

  it('counts the bar in which a trade ended whole, and one bar at least', () => {
    const curve = holdingCurve(held(true, 0, 2.2));
    expect([holdingAt(curve, 0), holdingAt(curve, 0.9)]).toEqual([1, 3]);
  });
});

describe('an exit rule of own trades', () => {
  it('stands on 30 trades that the trader ended, however many others there are', () => {
    const few = [...held(true, ...upTo(29)), ...held(false, ...upTo(50))];
    expect(ownExits(few)).toEqual({ kind: 'refused', reason: 'too-few', ended: 29, censored: 50 });
    const enough = rulesOf([...few, ...held(true, 40)]);
    expect(enough).toMatchObject({ ended: 30, censored: 50, rule: { kind: 'own', trades: 30 } });
  });

  it('draws from 64 holding times, none longer than its cap', () => {
    const { rule, cut } = rulesOf(held(true, ...upTo(64)));
    expect(rule).toEqual({ kind: 'own', holding: upTo(64), trades: 64, cap: 64 });
    expect(cut).toBe(0);
  });

  it('says how many are cut off: by the longest that a path has room for, or unseen', () => {
    const long = rulesOf([...held(true, ...upTo(30)), ...held(true, ...new Array(10).fill(5000))]);
    expect(long.rule.cap).toBe(LONGEST_HELD);
    expect(long.cut).toBeCloseTo(0.25, 12);
    const unseen = rulesOf([...held(true, ...upTo(30)), ...held(false, ...new Array(10).fill(99))]);
    expect(unseen.rule.cap).toBe(99);
    expect(unseen.cut).toBeCloseTo(0.25, 12);
  });

  it.each([NaN, -1, Infinity])('refuses a holding time of %d', (bars) => {
    const observed = [...held(true, ...upTo(40)), ...held(true, bars)];
    expect(ownExits(observed)).toEqual({ kind: 'refused', reason: 'no-holding-time', trade: 40 });
  });

  it('is of a plan that asks for these very times, and of no common one', () => {
    const { rule } = rulesOf(held(true, ...upTo(64)));
    expect(isOfPlan(rule, rule)).toBe(true);
    expect(isOfPlan(rule, { ...rule, trades: 65 })).toBe(false);
    expect(isOfPlan(rule, 'hold')).toBe(false);
    expect(plannedRule(rule, EXIT_RULES.cross)).toBe(rule);
    expect(plannedRule('cross', rule)).toBe(EXIT_RULES.cross);
  });

  it('is read by its lengths and the trades that it stands on', () => {
    const { rule } = rulesOf(held(true, ...upTo(64)));
    const text = exitRuleText(rule);
    expect(text).toBe('own 1 to 64 bars, from 64 trades');
    expect(isTextOfPlan(text, rule)).toBe(true);
    expect(isTextOfPlan(text, { ...rule, trades: 65 })).toBe(false);
    expect(isTextOfPlan(text, 'hold')).toBe(false);
  });
});
