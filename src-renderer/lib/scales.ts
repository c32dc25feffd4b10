import * as limits from '#domain/limits.ts';
import { inPercent, rangeOf, type FieldLimit } from './limits.ts';
import type { Money } from '#domain/units.ts';

/** A slider of whole positions beside a number that takes more values than it. */
export interface Scale<Value extends number> {
  /** The last position; the first is 0. */
  readonly positions: number;
  readonly at: (position: number) => Value;
  /** Place of a value; one outside the slider's range stands at its end. */
  readonly positionOf: (value: Value) => number;
  /** So many presses of an arrow key away, where one position is not a step. */
  readonly step?: (value: Value, steps: number) => Value;
  /** Of the number. */
  readonly limit: FieldLimit;
}

const within = (value: number, [from, to]: readonly [number, number]) =>
  Math.min(to, Math.max(from, value));

/** Dollars: logarithmic from $200 to $2,000, snapping to $10. */
export const EQUITY: Scale<Money> = (() => {
  const [from, to, snap, positions] = [200, 2_000, 10, 1_000];
  const limit = limits.EQUITY;
  return {
    positions,
    limit,
    at: (position) =>
      (Math.round((from * (to / from) ** (position / positions)) / snap) * snap) as Money,
    positionOf: (equity) =>
      Math.round(within(Math.log(equity / from) / Math.log(to / from), [0, 1]) * positions),
    step: (equity, steps) => {
      const whole = steps > 0 ? Math.floor(equity / snap) : Math.ceil(equity / snap);
      return within((whole + steps) * snap, rangeOf(limit)) as Money;
    },
  };
})();

/** Percent, in steps of half a percent. */
export const THRESHOLD: Scale<number> = (() => {
  const limit = inPercent(limits.THRESHOLD);
  const [lowest, highest] = rangeOf(limit);
  const positions = 2 * (highest - lowest);
  return {
    positions,
    limit,
    at: (position) => lowest + position / 2,
    positionOf: (percent) => within(Math.round((percent - lowest) * 2), [0, positions]),
  };
})();
