import { describe, expect, it } from 'vitest';
import { ounces, SIZES } from '../../../src-main/domain/size.ts';

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
