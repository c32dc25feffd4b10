import { kindOf, type ExitRule } from './exit-rule.ts';
import type { Bars } from '../bars/bars.ts';
import type { Direction } from '../units.ts';

/** An exit rule made ready for one series. */
export interface Exits {
  /** Whether the rule lets a trade begin at the close of bar `at`. */
  mayEnter(at: number, direction: Direction): boolean;
  /**
   * Exit bar of a trade entered at the close of bar `entry`: the bar of the signal or of the cap;
   * -1 where the data ends first. `draw` in [0, 1) decides the holding time of rules that draw one.
   */
  exitOf(entry: number, direction: Direction, draw: number): number;
}

export function prepareExits({ close }: Bars, rule: ExitRule): Exits {
  const kind = kindOf(rule);
  const signals = kind.prepare(close, rule);
  const first = kind.candles(rule) - 1;
  return {
    // A bar that lies `cap` bars before the end of the data can be followed to its exit for certain.
    mayEnter: (at, direction) =>
      at >= first && at + rule.cap < close.length && (signals.allows?.(at, direction) ?? true),
    exitOf: (entry, direction, draw) => {
      const exit = Math.min(signals.signal(entry, direction, draw), entry + rule.cap);
      return exit < close.length ? exit : -1;
    },
  };
}
