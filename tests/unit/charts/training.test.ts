import { expect, it } from 'vitest';
import { placeLabels, type LossLabel } from '../../../src-main/charts/training.ts';

const label = (name: string, y: number, inMargin = true): LossLabel => ({
  key: 'baseline',
  name,
  loss: 0.1,
  mark: '',
  inMargin,
  x: 0,
  y,
});
const heights = (...labels: LossLabel[]) =>
  Object.fromEntries(placeLabels(labels, [10, 100]).map(({ name, y }) => [name, y]));

it('labels that would lie on each other step apart, in the order of their lines', () => {
  expect(heights(label('low', 52), label('high', 50), label('far', 90))).toEqual({
    high: 50,
    low: 64,
    far: 90,
  });
});

it('labels at the foot of the plot step up rather than out of it', () => {
  expect(heights(label('one', 99), label('two', 98), label('three', 97))).toEqual({
    three: 72,
    two: 86,
    one: 100,
  });
});

it('a label beside its line takes no room in the margin', () => {
  expect(heights(label('margin', 50), label('line', 51, false))).toEqual({ margin: 50, line: 51 });
});
