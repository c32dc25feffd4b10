import { describe, expect, it } from 'vitest';
import { deskScene, gapMarks, sceneText } from '../../../src-renderer/desk/chart/desk-scene.ts';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { settleLadder } from '../../../src-main/domain/risk/ladder.ts';
import type { BarColumns } from '../../../src-main/contract/series.ts';
import type { Money, UsdPerOunce } from '../../../src-main/domain/units.ts';
import { BAR } from './fake-app.ts';

const HOUR = 3_600;
const MONDAY = Date.UTC(2023, 11, 11, 10) / 1000;
const close = BAR.close;
const rules = STUDY_RULES;

/** Bars that open at these hours from Monday morning on; the decision bar is the last but one. */
function block(...hours: number[]) {
  const time = hours.map((hour) => MONDAY + hour * HOUR);
  const flat = hours.map(() => 2000);
  const columns: BarColumns = { first: 50, time, open: flat, high: flat, low: flat, close: flat };
  return { columns, bar: { ...BAR, bar: 50 + hours.length - 2 } };
}

const rung = settleLadder(null, {
  price: close,
  equity: 500 as Money,
  direction: 'long',
  rules,
})[9]!;

describe('what the desk shows on its candles', () => {
  it('marks the bars before which others are missing', () => {
    const { columns, bar } = block(0, 1, 5, 6, 7);
    const gaps = gapMarks(columns, bar);
    expect(gaps).toEqual([{ at: 2, text: '3 missing' }]);
    const scene = deskScene({ bar, columns, shown: rung, direction: 'long', rules, gaps });
    expect(scene.gaps).toEqual(gaps);
  });

  it('does not tell of a hole that is still to come', () => {
    const { columns, bar } = block(0, 1, 2, 6);
    const gaps = gapMarks(columns, bar);
    expect(gaps).toHaveLength(1);
    const scene = deskScene({ bar, columns, shown: rung, direction: 'long', rules, gaps });
    expect(scene.gaps).toEqual([]);
  });

  it('draws where the costs are earned back, with what a night costs the size shown', () => {
    const { columns, bar } = block(0, 1, 2);
    const costs = { ...rules.costs, spread: 0.3 as UsdPerOunce };
    const costly = {
      ...rules,
      costs: { ...costs, swapPerNight: { long: 0.2 as UsdPerOunce, short: 0 as UsdPerOunce } },
    };
    const on = { bar, columns, shown: rung, direction: 'long' as const, gaps: [] };
    expect(deskScene({ ...on, rules }).breakEven).toBeNull();
    expect(deskScene({ ...on, rules: costly }).breakEven).toEqual({
      price: close + 0.3,
      tag: expect.stringMatching(/^Break-even [\d,]+\.\d\d · swap −\$0\.30 a night$/),
    });
    expect(deskScene({ ...on, rules: costly, direction: 'short' }).breakEven?.price).toBe(
      close - 0.3,
    );
  });

  it('is read out in words', () => {
    const { columns, bar } = block(0, 1, 2);
    const scene = deskScene({ bar, columns, shown: rung, direction: 'long', rules, gaps: [] });
    expect(sceneText(bar, scene, rung)).toMatch(
      /^Candles of XAUUSD H1 up to 22 Dec 2023 14:00 UTC\. Entry long at [\d,.]+\. The liquidation line of 1\.50 ounces is at [\d,.]+, [\d.]+ ATR away\.$/,
    );
  });
});
