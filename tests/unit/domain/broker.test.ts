import { describe, expect, it } from 'vitest';
import {
  breakEvenPrice,
  capacity,
  effectiveLeverage,
  feasibleCount,
  liquidationPrice,
  STUDY_RULES,
  swapANight,
  type BrokerRules,
  type StopOutRule,
} from '../../../src-main/domain/account/broker.ts';
import { swapNights } from '../../../src-main/domain/time/new-york.ts';
import type {
  Fraction,
  Money,
  Ounces,
  UsdPerOunce,
  UtcSeconds,
} from '../../../src-main/domain/units.ts';

const price = 2000 as UsdPerOunce;
const equity = 500 as Money;
const size = 2.85 as Ounces;

describe('margin', () => {
  it('carries E · leverage / price ounces', () => {
    expect(capacity(equity, price, STUDY_RULES)).toBe(5);
    expect(capacity(45 as Money, price, STUDY_RULES)).toBe(0.45);
  });

  it('counts a rung that uses the margin to the last cent, and not the next', () => {
    expect(feasibleCount(45 as Money, price, STUDY_RULES)).toBe(3);
    expect(feasibleCount(44.99 as Money, price, STUDY_RULES)).toBe(2);
    expect(feasibleCount(4 as Money, price, STUDY_RULES)).toBe(0);
    expect(feasibleCount(100_000 as Money, price, STUDY_RULES)).toBe(30);
  });

  it('leaves out what other positions use', () => {
    const beside = { leverage: 20, otherMargin: 400 as Money };
    expect(capacity(equity, price, beside)).toBe(1);
    expect(feasibleCount(equity, price, beside)).toBe(6);
    const full = { leverage: 20, otherMargin: 600 as Money };
    expect(capacity(equity, price, full)).toBe(0);
    expect(feasibleCount(equity, price, full)).toBe(0);
  });

  it('reads the same risk at any price and equity with the same effective leverage', () => {
    expect(effectiveLeverage(size, equity, price)).toBeCloseTo(11.4, 12);
    expect(effectiveLeverage(size, (equity * 3) as Money, (price * 3) as UsdPerOunce)).toBeCloseTo(
      11.4,
      12,
    );
  });
});

describe('the liquidation price', () => {
  it('lies 0.70 · E / s below a long and above a short', () => {
    expect(liquidationPrice(size, equity, price, STUDY_RULES, 'long')).toBeCloseTo(
      2000 - 350 / 2.85,
      9,
    );
    expect(liquidationPrice(size, equity, price, STUDY_RULES, 'short')).toBeCloseTo(
      2000 + 350 / 2.85,
      9,
    );
  });

  it('is at or below zero for a long that no fall can liquidate', () => {
    expect(liquidationPrice(0.15 as Ounces, equity, price, STUDY_RULES, 'long')).toBeLessThan(0);
  });

  it('comes closer by the spread and the commission already paid', () => {
    const rules = {
      ...STUDY_RULES,
      costs: {
        ...STUDY_RULES.costs,
        spread: 0.3 as UsdPerOunce,
        commissionPerSide: 0.05 as UsdPerOunce,
      },
    };
    const without = liquidationPrice(size, equity, price, STUDY_RULES, 'long');
    expect(liquidationPrice(size, equity, price, rules, 'long') - without).toBeCloseTo(0.35, 9);
  });
});

describe('margin of other positions', () => {
  const rules = (stopOut: StopOutRule, otherMargin = 0): BrokerRules => ({
    ...STUDY_RULES,
    stopOut,
    otherMargin: otherMargin as Money,
  });
  const at = (stopOut: StopOutRule, otherMargin: number) =>
    liquidationPrice(size, equity, price, rules(stopOut, otherMargin), 'long');

  it('must remain too by the margin rule: the position goes sooner', () => {
    const rule = { kind: 'margin', level: 0.5 as Fraction } as const;
    // Half of $100 more must remain, spread over 2.85 oz.
    expect(at(rule, 100) - at(rule, 0)).toBeCloseTo(50 / 2.85, 9);
  });

  it('changes nothing by the rule of equity', () => {
    const rule = { kind: 'equity', fraction: 0.3 as Fraction } as const;
    expect(at(rule, 100)).toBe(at(rule, 0));
  });
});

describe('costs', () => {
  const costs = {
    spread: 0.3 as UsdPerOunce,
    commissionPerSide: 0.05 as UsdPerOunce,
    swapPerNight: { long: 0.4 as UsdPerOunce, short: -0.1 as UsdPerOunce },
  };

  it('put break-even above the entry of a long and below that of a short', () => {
    expect(breakEvenPrice(price, { costs }, 'long')).toBeCloseTo(2000.4, 9);
    expect(breakEvenPrice(price, { costs }, 'short')).toBeCloseTo(1999.6, 9);
    expect(breakEvenPrice(price, STUDY_RULES, 'long')).toBe(2000);
  });

  it('take the swap for every ounce of the size, or give it', () => {
    expect(swapANight(size, { costs }, 'long')).toBeCloseTo(1.14, 9);
    expect(swapANight(size, { costs }, 'short')).toBeCloseTo(-0.285, 9);
  });
});

describe('swap nights', () => {
  const at = (text: string) => (Date.parse(text) / 1000) as UtcSeconds;
  const between = (from: string, to: string) => swapNights(at(to)) - swapNights(at(from));

  it('are booked at 17:00 in New York, 22:00 UTC in winter and 21:00 in summer', () => {
    expect(between('2023-01-10T21:59:59Z', '2023-01-10T22:00:00Z')).toBe(1);
    expect(between('2023-07-11T20:59:59Z', '2023-07-11T21:00:00Z')).toBe(1);
    expect(between('2023-07-11T21:00:00Z', '2023-07-12T20:59:59Z')).toBe(0);
  });

  it('count three on Wednesday and none on Saturday and Sunday: seven a week', () => {
    expect(between('2023-01-11T12:00:00Z', '2023-01-12T12:00:00Z')).toBe(3);
    expect(between('2023-01-14T12:00:00Z', '2023-01-16T12:00:00Z')).toBe(0);
    expect(between('2023-01-02T12:00:00Z', '2024-01-01T12:00:00Z')).toBe(52 * 7);
  });
});
