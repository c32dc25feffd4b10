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
  /** Lowest and highest value that the number takes. */
  readonly range: readonly [number, number];
}

const within = (value: number, [from, to]: readonly [number, number]) =>
  Math.min(to, Math.max(from, value));

/** Dollars: logarithmic from $200 to $2,000, snapping to $10. */
export const EQUITY: Scale<Money> = (() => {
  const [from, to, snap, positions] = [200, 2_000, 10, 1_000];
  const range = [20, 100_000] as const;
  return {
    positions,
    range,
    at: (position) =>
      (Math.round((from * (to / from) ** (position / positions)) / snap) * snap) as Money,
    positionOf: (equity) =>
      Math.round(within(Math.log(equity / from) / Math.log(to / from), [0, 1]) * positions),
    step: (equity, steps) => {
      const whole = steps > 0 ? Math.floor(equity / snap) : Math.ceil(equity / snap);
      return within((whole + steps) * snap, range) as Money;
    },
  };
})();

/** Percent: 1 to 25 in steps of half a percent. */
export const THRESHOLD: Scale<number> = {
  range: [1, 25],
  positions: 48,
  at: (position) => 1 + position / 2,
  positionOf: (percent) => within(Math.round((percent - 1) * 2), [0, 48]),
};
