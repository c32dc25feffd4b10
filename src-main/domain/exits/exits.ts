import { relativeStrength, simpleMovingAverage } from '../features/indicators.ts';
import type { Bars } from '../bars/bars.ts';
import type { ExitRule } from './exit-rule.ts';
import type { Direction } from '../units.ts';

/** An exit rule made ready for one series. */
export interface Exits {
  /** Whether the rule lets a trade begin at the close of bar `at`. */
  mayEnter(at: number, direction: Direction): boolean;
  /**
   * Exit bar of a trade entered at the close of bar `entry`: the bar of the signal or of the cap;
   * -1 where the data ends first. `draw` in [0, 1) decides the holding time of `hold` and `own` and is
   * not read by the other rules.
   */
  exitOf(entry: number, direction: Direction, draw: number): number;
}

export function prepareExits(bars: Bars, rule: ExitRule): Exits {
  switch (rule.kind) {
    case 'cross':
      return onCross(bars, rule, () => true);
    case 'trend':
      return onCross(bars, rule, (side, direction) => side === (direction === 'long' ? 1 : -1));
    case 'rsi':
      return onRelativeStrength(bars, rule);
    case 'hold':
      return afterHolding(bars, rule.cap, (draw) =>
        Math.round(rule.shortest * (rule.cap / rule.shortest) ** draw),
      );
    case 'own':
      return afterHolding(
        bars,
        rule.cap,
        (draw) => rule.holding[Math.floor(draw * rule.holding.length)]!,
      );
  }
}

/** A bar that lies `cap` bars before the end of the data can be followed to its exit for certain. */
const fitsBeforeEnd = (bars: Bars, at: number, cap: number) => at + cap < bars.close.length;

/** For every bar the first later bar at which `isSignal`, or the number of bars. */
function nextSignal(bars: number, isSignal: (at: number) => boolean): Int32Array {
  const next = new Int32Array(bars);
  let seen = bars;
  for (let i = bars - 1; i >= 0; i--) {
    next[i] = seen;
    if (isSignal(i)) seen = i;
  }
  return next;
}

const capped = (bars: Bars, entry: number, signal: number, cap: number) => {
  const exit = Math.min(signal, entry + cap);
  return exit < bars.close.length ? exit : -1;
};

/** Side of the averages at each bar: 1 fast above slow, -1 below, 0 equal or not yet known. */
export function sideOfAverages(close: Float64Array, fast: number, slow: number): Int8Array {
  const fastAverage = simpleMovingAverage(close, fast);
  const slowAverage = simpleMovingAverage(close, slow);
  const side = new Int8Array(close.length);
  for (let i = 0; i < side.length; i++) {
    const distance = fastAverage[i]! - slowAverage[i]!;
    side[i] = distance > 0 ? 1 : distance < 0 ? -1 : 0;
  }
  return side;
}

function onCross(
  bars: Bars,
  { fast, slow, cap }: Extract<ExitRule, { fast: number }>,
  sideAllows: (side: number, direction: Direction) => boolean,
): Exits {
  const side = sideOfAverages(bars.close, fast, slow);
  const flippedTo = (to: number) =>
    nextSignal(side.length, (at) => at > 0 && side[at] === to && side[at - 1] !== to);
  const against = { long: flippedTo(-1), short: flippedTo(1) };
  return {
    mayEnter: (at, direction) =>
      at >= slow - 1 && fitsBeforeEnd(bars, at, cap) && sideAllows(side[at]!, direction),
    exitOf: (entry, direction) => capped(bars, entry, against[direction][entry]!, cap),
  };
}

function onRelativeStrength(
  bars: Bars,
  { period, high, low, cap }: Extract<ExitRule, { kind: 'rsi' }>,
): Exits {
  const strength = relativeStrength(bars.close, period);
  const reached = {
    long: (at: number) => strength[at]! > high,
    short: (at: number) => strength[at]! < low,
  };
  const next = {
    long: nextSignal(strength.length, reached.long),
    short: nextSignal(strength.length, reached.short),
  };
  return {
    mayEnter: (at, direction) =>
      at >= period && fitsBeforeEnd(bars, at, cap) && !reached[direction](at),
    exitOf: (entry, direction) => capped(bars, entry, next[direction][entry]!, cap),
  };
}

function afterHolding(bars: Bars, cap: number, heldAt: (draw: number) => number): Exits {
  return {
    mayEnter: (at) => fitsBeforeEnd(bars, at, cap),
    exitOf: (entry, _direction, draw) => capped(bars, entry, entry + heldAt(draw), cap),
  };
}
