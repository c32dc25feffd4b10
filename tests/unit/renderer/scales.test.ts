import { describe, expect, it } from 'vitest';
import { EQUITY, THRESHOLD } from '../../../src-renderer/lib/scales.ts';
import type { Money } from '#domain/units.ts';

describe('the equity slider', () => {
  it('runs from $200 to $2,000, in proportion, on whole tens', () => {
    expect(EQUITY.at(0)).toBe(200);
    expect(EQUITY.at(EQUITY.positions)).toBe(2000);
    expect(EQUITY.at(EQUITY.positions / 2)).toBe(630);
  });

  it('holds at its ends an amount that only the number can have', () => {
    expect(EQUITY.positionOf(45 as Money)).toBe(0);
    expect(EQUITY.positionOf(30_000 as Money)).toBe(EQUITY.positions);
  });

  it('steps by $10 from any amount, within what equity may be', () => {
    const step = EQUITY.step!;
    expect(step(500 as Money, 1)).toBe(510);
    expect(step(503 as Money, -1)).toBe(500);
    expect(step(503 as Money, 1)).toBe(510);
    expect(step(20 as Money, -10)).toBe(20);
    expect(step(100_000 as Money, 10)).toBe(100_000);
  });
});

it('the threshold slider runs from 1 to 25% in halves', () => {
  expect(THRESHOLD.at(0)).toBe(1);
  expect(THRESHOLD.at(THRESHOLD.positions)).toBe(25);
  expect(THRESHOLD.at(THRESHOLD.positionOf(9.5))).toBe(9.5);
});
