import { describe, expect, it } from 'vitest';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { lotsDown, smallestOrder } from '../../../src-main/domain/account/lots.ts';
import { ounces, SIZES } from '../../../src-main/domain/size.ts';
import type { Ounces, SizeIndex } from '../../../src-main/domain/units.ts';

describe('broker lots', () => {
  it('round down to 0.01 lot, which is 1 oz', () => {
    expect(lotsDown(2.85 as Ounces, STUDY_RULES)).toEqual({ lots: 0.02, ounces: 2 });
    expect(lotsDown(0.9 as Ounces, STUDY_RULES)).toEqual({ lots: 0, ounces: 0 });
  });

  it('keep a size that is whole', () => {
    expect(lotsDown(ounces(20 as SizeIndex), STUDY_RULES)).toEqual({ lots: 0.03, ounces: 3 });
  });
});

describe('lots of other contracts', () => {
  const order = (size: number, contractSize: number, lotStep: number) =>
    lotsDown(size as Ounces, { contractSize: contractSize as Ounces, lotStep });

  it('carry every rung where a contract is one ounce: 0.15 oz is 0.15 lot', () => {
    for (const size of SIZES) {
      const whole = ounces(size);
      expect(order(whole, 1, 0.01)).toEqual({ lots: whole, ounces: whole });
    }
  });

  it('count in steps of the contract', () => {
    expect(order(4.5, 10, 0.01)).toEqual({ lots: 0.45, ounces: 4.5 });
    expect(order(4.5, 10, 0.1)).toEqual({ lots: 0.4, ounces: 4 });
    expect(order(4.35, 10, 1)).toEqual({ lots: 0, ounces: 0 });
    expect(smallestOrder({ contractSize: 10 as Ounces, lotStep: 0.1 })).toBe(1);
  });

  it('never round up', () => {
    for (const size of SIZES) {
      for (const [contract, step] of [
        [100, 0.01],
        [10, 0.1],
        [1, 0.01],
        [5, 0.03],
      ] as const) {
        const down = order(ounces(size), contract, step);
        expect(down.ounces).toBeLessThanOrEqual(ounces(size) + 1e-9);
        expect(down.ounces + contract * step).toBeGreaterThan(ounces(size));
      }
    }
  });
});
