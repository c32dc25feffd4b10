import { expect, it } from 'vitest';
import { heldBeyond, holdingCurve } from '../../src-main/domain/exits/own-exits.ts';

/**
 * Weeks of remission under 6-mercaptopurine (Freireich et al. 1963), as every textbook of survival
 * analysis has them; false: still in remission when last seen.
 */
const WEEKS: readonly (readonly [weeks: number, ended: boolean])[] = [
  [6, true],
  [6, true],
  [6, true],
  [6, false],
  [7, true],
  [9, false],
  [10, true],
  [10, false],
  [11, false],
  [13, true],
  [16, true],
  [17, false],
  [19, false],
  [20, false],
  [22, true],
  [23, true],
  [25, false],
  [32, false],
  [32, false],
  [34, false],
  [35, false],
];

it('is the product-limit estimate of the textbooks', () => {
  const curve = holdingCurve(WEEKS.map(([bars, ended]) => ({ bars, ended })));
  expect(curve.steps.map(({ bars, held }) => [bars, held.toFixed(3)])).toEqual([
    [6, '0.857'],
    [7, '0.807'],
    [10, '0.753'],
    [13, '0.690'],
    [16, '0.627'],
    [22, '0.538'],
    [23, '0.448'],
  ]);
  expect(curve).toMatchObject({ ended: 9, censored: 12, longest: 35 });
  expect(heldBeyond(curve, 35).toFixed(3)).toBe('0.448');
});
