/** The next of 1, 2, 5 × 10ⁿ that is at least `least`. */
export function niceStep(least: number): number {
  if (!(least > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(least));
  return unit * [1, 2, 5, 10].find((one) => one * unit >= least * (1 - 1e-9))!;
}

/** Round values from at or below `low` to at or above `high`, about `count` of them. */
export function linearTicks(low: number, high: number, count: number): number[] {
  const step = niceStep((high - low) / count);
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** 1, 2, 5 × 10ⁿ from at or below `low` to at or above `high`; both over 0. */
export function logTicks(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); ; power++) {
    for (const digit of [1, 2, 5]) {
      const tick = digit * 10 ** power;
      const next = (digit === 1 ? 2 : digit === 2 ? 2.5 : 2) * tick;
      if (next > low) ticks.push(tick);
      if (tick >= high) return ticks;
    }
  }
}

/** 1, 10, 100 ... to at or above `high`, which is at least 1; at least two of them. */
export function powersOfTen(high: number): number[] {
  const powers = Math.max(1, Math.ceil(Math.log10(high) - 1e-9));
  return Array.from({ length: powers + 1 }, (_, power) => 10 ** power);
}

/** One of them in little room: 100, 10k, 1M. */
export const shortPower = (power: number) =>
  power < 1e3 ? String(power) : power < 1e6 ? `${power / 1e3}k` : `${power / 1e6}M`;
