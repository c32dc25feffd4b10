import { describe, expect, it } from 'vitest';
import { nearestSize, ounces, sizeAt, SIZES } from '../../../src-main/domain/size.ts';
import type { Ounces } from '../../../src-main/domain/units.ts';

describe('sizes', () => {
  it('are 30 rungs from 0.15 to 4.50 oz in exact hundredths', () => {
    const text = SIZES.map((size) => ounces(size).toFixed(2));
    expect(text).toHaveLength(30);
    expect(text[0]).toBe('0.15');
    expect(text[18]).toBe('2.85');
    expect(text[29]).toBe('4.50');
    expect(ounces(SIZES[18]!)).toBe(2.85);
  });
});

describe('the rung', () => {
  it('of a number is one of the 30, and none of 0', () => {
    expect([0, 1, 30, 31].map(sizeAt)).toEqual([null, 1, 30, null]);
  });

  it('nearest to a size is that of a size of the ladder, and none beyond its ends', () => {
    for (const size of SIZES) expect(nearestSize(ounces(size))).toBe(size);
    expect(nearestSize(1 as Ounces)).toBe(7);
    expect(nearestSize(0.07 as Ounces)).toBeNull();
    expect(nearestSize(5 as Ounces)).toBeNull();
  });
});
