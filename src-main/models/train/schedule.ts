const START_DIVISOR = 25;
const END_DIVISOR = 1e4;
const SHARE_UP = 0.3;

const cosine = (from: number, to: number, share: number) =>
  to + ((from - to) / 2) * (1 + Math.cos(Math.PI * share));

/**
 * Learning rate at `step` (0 to steps - 1) of one cycle: from max/25 up to max over the first 30% of
 * the steps, then down to max/25/10000, both along a cosine (Smith and Topin 2018).
 */
export function oneCycle(step: number, steps: number, max: number): number {
  const start = max / START_DIVISOR;
  const top = SHARE_UP * steps - 1;
  return step <= top
    ? cosine(start, max, step / top)
    : cosine(max, start / END_DIVISOR, (step - top) / (steps - 1 - top));
}
