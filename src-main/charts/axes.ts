import { scaleLinear, scaleLog } from 'd3-scale';
import { monthOf } from '../domain/stats/bootstrap.ts';
import { isoTime } from '../domain/time/time.ts';
import type { UtcSeconds } from '../domain/units.ts';

/** A marked value of an axis; without a text it is a line of the grid alone. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** One direction of a plot: its ends, its marks, and where a value lies. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly Tick[];
  readonly title: string;
  /** 0 at `from`, 1 at `to`; beyond them outside of 0 to 1. */
  readonly place: (value: number) => number;
}

type Text = (value: number) => string;

const linear = (from: number, to: number) => scaleLinear([from, to], [0, 1]);
const ticksOf = (values: readonly number[], text: Text): Tick[] =>
  values.map((at) => ({ at, text: text(at) }));

/** Round values from at or below `low` to at or above `high`, about `count` steps of them. */
export function linearTicks(low: number, high: number, count: number): number[] {
  // Where there is nothing to divide, two marks are a scale still.
  if (!(high > low)) return [low, low + 1];
  return scaleLinear([low, high], [0, 1]).nice(count).ticks(count);
}

/** An axis that ends at round values, about `count` steps of them. */
export function linearAxis(
  [low, high]: readonly [low: number, high: number],
  count: number,
  text: Text,
  title = '',
): Axis {
  const ticks = linearTicks(low, high, count);
  const [from, to] = [ticks[0]!, ticks.at(-1)!];
  return { from, to, ticks: ticksOf(ticks, text), title, place: linear(from, to) };
}

/** An axis with just these marks, the first and the last of them at its ends. */
export function markedAxis(marks: readonly number[], text: Text, title = ''): Axis {
  const [from, to] = [marks[0]!, marks.at(-1)!];
  return { from, to, ticks: ticksOf(marks, text), title, place: linear(from, to) };
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

/** A logarithmic axis with just these marks, all over 0. */
export function logAxis(marks: readonly number[], text: Text, title = ''): Axis {
  const [from, to] = [marks[0]!, marks.at(-1)!];
  return { from, to, ticks: ticksOf(marks, text), title, place: scaleLog([from, to], [0, 1]) };
}

/** 1, 10, 100 ... to at or above `high`, which is at least 1; at least two of them. */
export function powersOfTen(high: number): number[] {
  const powers = Math.max(1, Math.ceil(Math.log10(high) - 1e-9));
  return Array.from({ length: powers + 1 }, (_, power) => 10 ** power);
}

/** One of them in little room: 100, 10k, 1M. */
export const shortPower = (power: number) =>
  power < 1e3 ? String(power) : power < 1e6 ? `${power / 1e3}k` : `${power / 1e6}M`;

const DAY = 86_400;
const DAYS = [1, 2, 5, 10];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120];
/** Room for the name of a month, px. */
const MONTH_WIDTH = 62;

/**
 * An axis of UTC seconds with round days, months or years on it, as many as `width` px have room for
 * (d3's calendar has no half years).
 */
export function timeAxis(first: number, last: number, width: number, title = ''): Axis {
  const [from, to] = [first, Math.max(last, first + 1)];
  const most = Math.max(2, Math.floor(width / MONTH_WIDTH));
  const choices = [
    ...DAYS.map((days) => dayTicks(from, days, most)),
    ...MONTHS.map((months) => monthTicks(from, to, months)),
  ].map((ticks) => ticks.filter(({ at }) => at >= from && at <= to));
  const ticks = choices.find(({ length }) => length > 0 && length <= most) ?? [];
  return { from, to, ticks, title, place: linear(from, to) };
}

/** Midnights from the first one on: one more than there is room for. */
function dayTicks(from: number, days: number, most: number): Tick[] {
  const start = Math.ceil(from / DAY) * DAY;
  return Array.from({ length: most + 1 }, (_, i) => {
    const at = start + i * days * DAY;
    return { at, text: isoTime(at).slice(5, 10) };
  });
}

/** First days of every so many months, and of years where those are whole ones. */
function monthTicks(from: number, to: number, months: number): Tick[] {
  const [begin, end] = [from, to].map((at) => monthOf(at as UtcSeconds)) as [number, number];
  const start = Math.floor(begin / months);
  return Array.from({ length: Math.floor(end / months) - start + 1 }, (_, i) => {
    const month = (start + i) * months;
    const at = Date.UTC(Math.floor(month / 12), month % 12) / 1000;
    return { at, text: isoTime(at).slice(0, months < 12 ? 7 : 4) };
  });
}
