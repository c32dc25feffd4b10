import { relativeStrength } from '../features/indicators.ts';
import { CAP, commonExit, nextSignal, PERIOD } from './define-exit.ts';

/** Of the relative strength index; at its ends no trade would ever end. */
const LEVEL = { above: 0, below: 100 } as const;

/** Ends when relative strength is over `high` for a long, under `low` for a short. */
export const rsi = commonExit({
  kind: 'rsi',
  parameters: { period: PERIOD, high: LEVEL, low: LEVEL, cap: CAP },
  common: { period: 14, high: 70, low: 30, cap: 480 },
  name: 'RSI',
  detail: ({ period, high, low }) => `${period} over ${high} / under ${low}`,
  trait: ({ high, low }) => `RSI ${high} and ${low}`,
  averages: () => null,
  holdsAsPlanned: false,
  candles: ({ period }) => period + 1,
  prepare: (close, { period, high, low }) => {
    const strength = relativeStrength(close, period);
    const reached = {
      long: (at: number) => strength[at]! > high,
      short: (at: number) => strength[at]! < low,
    };
    const next = {
      long: nextSignal(strength.length, reached.long),
      short: nextSignal(strength.length, reached.short),
    };
    return {
      allows: (at, direction) => !reached[direction](at),
      signal: (entry, direction) => next[direction][entry]!,
    };
  },
});
