import { MonthBootstrap, monthOf } from '../../domain/stats/bootstrap.ts';
import type { JudgedTrade } from './judged-trades.ts';

/** The trades before the court, and what every interval over them needs. */
export interface Docket {
  readonly trades: readonly JudgedTrade[];
  /** Calendar month of each entry, counted from the first. */
  readonly month: Uint16Array;
  readonly months: number;
  readonly bootstrap: MonthBootstrap;
}

/** `trades`: by time of entry, at least one. */
export function docketOf(trades: readonly JudgedTrade[], seed: number): Docket {
  const first = monthOf(trades[0]!.time);
  return {
    trades,
    month: Uint16Array.from(trades, ({ time }) => monthOf(time) - first),
    months: monthOf(trades.at(-1)!.time) - first + 1,
    bootstrap: new MonthBootstrap(seed),
  };
}

/** Some of the trades, under a name. */
export interface Party {
  readonly name: string;
  readonly rows: Int32Array;
}

/** All trades, the longs, the shorts, and those of each year; empty ones left out. */
export function partiesOf(trades: readonly JudgedTrade[]): Party[] {
  const yearOf = ({ time }: JudgedTrade) => String(new Date(time * 1000).getUTCFullYear());
  const years = trades.map(yearOf);
  const rowsWhere = (holds: (row: number) => boolean) =>
    Int32Array.from(trades, (_, row) => row).filter(holds);
  return [
    { name: 'all', rows: rowsWhere(() => true) },
    { name: 'long', rows: rowsWhere((row) => trades[row]!.direction === 'long') },
    { name: 'short', rows: rowsWhere((row) => trades[row]!.direction === 'short') },
    ...[...new Set(years)].map((year) => ({
      name: year,
      rows: rowsWhere((row) => years[row] === year),
    })),
  ].filter(({ rows }) => rows.length > 0);
}
