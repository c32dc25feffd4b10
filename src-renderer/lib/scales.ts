import type { Money } from '#domain/units.ts';

/** The equity slider: logarithmic from $200 to $2,000, snapping to $10. The number takes any. */
const FROM = 200;
const TO = 2_000;
const SNAP = 10;

export const EQUITY_POSITIONS = 1_000;
export const EQUITY_RANGE = [20, 100_000] as const;

const within = (value: number, [from, to]: readonly [number, number]) =>
  Math.min(to, Math.max(from, value));

export function equityAt(position: number): Money {
  const amount = FROM * (TO / FROM) ** (position / EQUITY_POSITIONS);
  return (Math.round(amount / SNAP) * SNAP) as Money;
}

/** Place of an amount on the slider; one outside its range stands at the end. */
export function equityPosition(equity: Money): number {
  const share = Math.log(equity / FROM) / Math.log(TO / FROM);
  return Math.round(within(share, [0, 1]) * EQUITY_POSITIONS);
}

/** The next $10 up or down from any amount, within what equity may be. */
export function stepEquity(equity: Money, steps: number): Money {
  const whole = steps > 0 ? Math.floor(equity / SNAP) : Math.ceil(equity / SNAP);
  return within((whole + steps) * SNAP, EQUITY_RANGE) as Money;
}

/** The threshold slider: 1 to 25% in steps of half a percent. */
export const THRESHOLD_RANGE = [1, 25] as const;
export const THRESHOLD_POSITIONS = (THRESHOLD_RANGE[1] - THRESHOLD_RANGE[0]) * 2;
export const thresholdPercentAt = (position: number) => THRESHOLD_RANGE[0] + position / 2;
export const thresholdPosition = (percent: number) =>
  Math.round((percent - THRESHOLD_RANGE[0]) * 2);
