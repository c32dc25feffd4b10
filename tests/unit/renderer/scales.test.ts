import { describe, expect, it } from 'vitest';
import {
  EQUITY_POSITIONS,
  equityAt,
  equityPosition,
  stepEquity,
  thresholdPercentAt,
  THRESHOLD_POSITIONS,
  thresholdPosition,
} from '../../../src-renderer/lib/scales.ts';
import type { Money } from '#domain/units.ts';

describe('the equity slider', () => {
  it('runs from $200 to $2,000, in proportion, on whole tens', () => {
    expect(equityAt(0)).toBe(200);
    expect(equityAt(EQUITY_POSITIONS)).toBe(2000);
    expect(equityAt(EQUITY_POSITIONS / 2)).toBe(630);
  });

  it('holds at its ends an amount that only the number can have', () => {
    expect(equityPosition(45 as Money)).toBe(0);
    expect(equityPosition(30_000 as Money)).toBe(EQUITY_POSITIONS);
  });

  it('steps by $10 from any amount, within what equity may be', () => {
    expect(stepEquity(500 as Money, 1)).toBe(510);
    expect(stepEquity(503 as Money, -1)).toBe(500);
    expect(stepEquity(503 as Money, 1)).toBe(510);
    expect(stepEquity(20 as Money, -10)).toBe(20);
    expect(stepEquity(100_000 as Money, 10)).toBe(100_000);
  });
});

it('the threshold slider runs from 1 to 25% in halves', () => {
  expect(thresholdPercentAt(0)).toBe(1);
  expect(thresholdPercentAt(THRESHOLD_POSITIONS)).toBe(25);
  expect(thresholdPercentAt(thresholdPosition(9.5))).toBe(9.5);
});
