import { crossings, sideOfAverages } from './cross.ts';
import { CAP, commonExit, PERIOD } from './define-exit.ts';

/** Enters only with the trend of its averages, and ends when they cross against the position. */
export const trend = commonExit({
  kind: 'trend',
  parameters: { fast: PERIOD, slow: PERIOD, cap: CAP },
  common: { fast: 48, slow: 192, cap: 960 },
  name: 'the end of a trend',
  detail: ({ fast, slow }) => `${fast}/${slow}`,
  trait: ({ fast, slow }) => `the end of ${fast}/${slow} trends`,
  averages: ({ fast, slow }) => ({ fast, slow }),
  holdsAsPlanned: false,
  candles: ({ slow }) => slow,
  prepare: (close, rule) => {
    const side = sideOfAverages(close, rule);
    const against = crossings(side);
    return {
      allows: (at, direction) => side[at] === (direction === 'long' ? 1 : -1),
      signal: (entry, direction) => against[direction][entry]!,
    };
  },
});
