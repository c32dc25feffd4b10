import { monthOf } from '../../../domain/stats/bootstrap.ts';
import { isoTime } from '../../../domain/time/time.ts';
import type { UtcSeconds } from '../../../domain/units.ts';
import type { Axis } from './plot.ts';

const DAY = 86_400;
const MOST_TICKS = 8;
const DAYS = [1, 2, 5, 10];
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120];

/** An axis of UTC seconds with round days, months or years on it. */
export function timeAxis(first: number, last: number, title: string): Axis {
  const [from, to] = [first, Math.max(last, first + 1)];
  const isInside = (at: number) => at >= from && at <= to;
  const days = DAYS.find((step) => (to - from) / DAY / step <= MOST_TICKS);
  if (days !== undefined) {
    const start = Math.ceil(from / DAY) * DAY;
    const starts = Array.from({ length: MOST_TICKS + 1 }, (_, i) => start + i * days * DAY);
    const ticks = starts.filter(isInside).map((at) => ({ at, text: isoTime(at).slice(5, 10) }));
    return { from, to, ticks, title };
  }
  const [begin, end] = [from, to].map((at) => monthOf(at as UtcSeconds)) as [number, number];
  const span = end - begin;
  const months = MONTHS.find((step) => span / step <= MOST_TICKS) ?? MONTHS.at(-1)!;
  const round = Math.floor(begin / months) * months;
  const ticks = Array.from({ length: Math.floor(span / months) + 2 }, (_, i) => {
    const month = round + i * months;
    const at = Date.UTC(Math.floor(month / 12), month % 12) / 1000;
    return { at, text: isoTime(at).slice(0, months < 12 ? 7 : 4) };
  });
  return { from, to, ticks: ticks.filter(({ at }) => isInside(at)), title };
}
