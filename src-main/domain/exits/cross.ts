import { simpleMovingAverage } from '../features/indicators.ts';
import { CAP, commonExit, nextSignal, PERIOD, type Averages } from './define-exit.ts';

/** Ends when the fast average crosses the slow one against the position. */
export const cross = commonExit({
  kind: 'cross',
  parameters: { fast: PERIOD, slow: PERIOD, cap: CAP },
  common: { fast: 32, slow: 128, cap: 720 },
  name: 'a cross of averages',
  detail: ({ fast, slow }) => `${fast}/${slow}`,
  trait: ({ fast, slow }) => `${fast}/${slow} crosses`,
  averages: ({ fast, slow }) => ({ fast, slow }),
  holdsAsPlanned: false,
  candles: ({ slow }) => slow,
  prepare: (close, rule) => {
    const against = crossings(sideOfAverages(close, rule));
    return { signal: (entry, direction) => against[direction][entry]! };
  },
});

/** Side of the averages at each bar: 1 fast above slow, -1 below, 0 equal or not yet known. */
export function sideOfAverages(close: Float64Array, { fast, slow }: Averages): Int8Array {
  const fastAverage = simpleMovingAverage(close, fast);
  const slowAverage = simpleMovingAverage(close, slow);
  const side = new Int8Array(close.length);
  for (let i = 0; i < side.length; i++) {
    const distance = fastAverage[i]! - slowAverage[i]!;
    side[i] = distance > 0 ? 1 : distance < 0 ? -1 : 0;
  }
  return side;
}

/** For every bar the next one at which the averages turn against a long, and against a short. */
export function crossings(side: Int8Array) {
  const turnedTo = (to: number) =>
    nextSignal(side.length, (at) => at > 0 && side[at] === to && side[at - 1] !== to);
  return { long: turnedTo(-1), short: turnedTo(1) };
}
