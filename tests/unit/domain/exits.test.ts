import { describe, expect, it } from 'vitest';
import { EXIT_RULES, type ExitRule } from '../../../src-main/domain/exits/exit-rule.ts';
import { prepareExits } from '../../../src-main/domain/exits/exits.ts';
import { relativeStrength } from '../../../src-main/domain/features/indicators.ts';
import { barsOf } from '../../support/market.ts';

/** Bars that move by so many dollars, one after the other. */
const barsMoving = (...dollars: number[]) =>
  barsOf(dollars.map((body) => ({ gap: 0, body: body * 100, upper: 0, lower: 0 })));
const repeat = (move: number, times: number) => new Array<number>(times).fill(move);

describe('exit on the cross of two averages', () => {
  const rule: ExitRule = { kind: 'cross', fast: 2, slow: 4, cap: 12 };
  // Up for 6 bars, down for 6, up for 8: closes 1800, 1801 ... 1806, 1805 ... 1800, 1801 ... 1808.
  const bars = barsMoving(...repeat(1, 6), ...repeat(-1, 6), ...repeat(1, 8));
  const exits = prepareExits(bars, rule);

  it('ends a long on the bar at whose close the fast average falls below the slow one', () => {
    // SMA2 - SMA4 is 0 at bar 7 and first negative at bar 8.
    expect(exits.exitOf(4, 'long', 0)).toBe(8);
    expect(exits.exitOf(7, 'long', 0)).toBe(8);
  });

  it('waits for the next flip where the averages already stand against the position', () => {
    expect(exits.exitOf(8, 'short', 0)).toBe(14);
    expect(exits.exitOf(4, 'short', 0)).toBe(14);
    expect(exits.exitOf(9, 'long', 0)).toBe(-1);
  });

  it('lets nobody enter closer to the end than the cap, so long trades do not vanish', () => {
    expect(exits.mayEnter(8, 'long')).toBe(true);
    expect(exits.mayEnter(9, 'long')).toBe(false);
  });

  it('ends at the cap where no signal comes', () => {
    const rising = prepareExits(barsMoving(...repeat(1, 30)), rule);
    expect(rising.exitOf(5, 'long', 0)).toBe(17);
  });
});

describe('the trend rule', () => {
  it('enters only on the side of its averages', () => {
    const rule: ExitRule = { kind: 'trend', fast: 2, slow: 4, cap: 3 };
    const exits = prepareExits(barsMoving(...repeat(1, 10)), rule);
    expect(exits.mayEnter(5, 'long')).toBe(true);
    expect(exits.mayEnter(5, 'short')).toBe(false);
    expect(exits.mayEnter(2, 'long')).toBe(false);
  });
});

describe('exit on relative strength', () => {
  const bars = barsMoving(...repeat(-2, 15), ...repeat(2, 25), ...repeat(-2, 15));
  const rule: ExitRule = { ...EXIT_RULES.rsi, cap: 20 };
  const exits = prepareExits(bars, rule);
  const strength = relativeStrength(bars.close, 14);

  it('ends a long on the first later close above 70 and a short on the first below 30', () => {
    const exit = exits.exitOf(16, 'long', 0);
    expect(strength[exit]).toBeGreaterThan(70);
    expect(Math.max(...strength.subarray(17, exit))).toBeLessThanOrEqual(70);
    const shortExit = exits.exitOf(35, 'short', 0);
    expect(strength[shortExit]).toBeLessThan(30);
  });

  it('lets nobody enter while the exit condition already holds', () => {
    const overbought = strength.findIndex((value, i) => i > 20 && value > 70);
    expect(exits.mayEnter(overbought, 'long')).toBe(false);
    expect(exits.mayEnter(overbought, 'short')).toBe(true);
  });
});

describe('the hold rule', () => {
  it('holds between 24 and 720 bars, log-uniform in the draw', () => {
    const exits = prepareExits(barsMoving(...repeat(0, 800)), EXIT_RULES.hold);
    expect(exits.exitOf(10, 'long', 0)).toBe(34);
    expect(exits.exitOf(10, 'long', 0.5)).toBe(10 + Math.round(Math.sqrt(24 * 720)));
    expect(exits.exitOf(10, 'long', 0.9999999)).toBe(730);
    expect(exits.mayEnter(80, 'long')).toBe(true);
    expect(exits.mayEnter(81, 'long')).toBe(false);
  });
});

describe('the rule of own holding times', () => {
  it('holds for each of its times in an equal share of the draws', () => {
    const rule: ExitRule = { kind: 'own', holding: [2, 3, 3, 9], trades: 30, cap: 9 };
    const exits = prepareExits(barsMoving(...repeat(0, 30)), rule);
    const held = (draw: number) => exits.exitOf(10, 'short', draw) - 10;
    expect([0, 0.249, 0.25, 0.749, 0.75, 0.999999].map(held)).toEqual([2, 2, 3, 3, 9, 9]);
    expect(exits.mayEnter(21, 'long')).toBe(true);
    expect(exits.mayEnter(22, 'long')).toBe(false);
  });
});
