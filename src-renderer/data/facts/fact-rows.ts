import { number, percent } from '../../lib/format.ts';
import type { MarketFacts } from '#contract/datasets.ts';

/** Market facts as the charts and their tables read them. */

/** One number of a market, and between which two it is in eight of ten pieces. */
export interface BarRow {
  readonly name: string;
  readonly real: boolean;
  readonly value: number;
  readonly text: string;
  readonly range: { readonly low: number; readonly high: number } | null;
}

/** A number of a market at each of a few places, first to last. */
export interface LineRow {
  readonly name: string;
  readonly real: boolean;
  /** Which of the line styles is this market's, on every chart: 0 for the series. */
  readonly style: number;
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

export function barRows(
  facts: readonly MarketFacts[],
  fact: 'kurtosis' | 'rangeToVolatility',
  digits: number,
): BarRow[] {
  return facts.map(({ name, real, [fact]: value, pieces }) => ({
    name,
    real,
    value,
    text: number(value, digits),
    range: pieces ? { low: pieces.low[fact], high: pieces.high[fact] } : null,
  }));
}

/** Each generator keeps its line wherever others are absent. */
const GENERATORS = ['GARCH', 'Stochastic volatility', 'Bootstrap', 'Mix'];
const styleOf = (name: string) => GENERATORS.indexOf(name) + 1;

export const autocorrelationRows = (facts: readonly MarketFacts[]): LineRow[] =>
  facts.map(({ name, real, rangeAutocorrelation }) => ({
    name,
    real,
    style: styleOf(name),
    points: rangeAutocorrelation.map(({ lag, value }) => ({ at: lag, value })),
  }));

/** Shares in percent. A market whose bars are not here has none. */
export const liquidatedRows = (facts: readonly MarketFacts[]): LineRow[] =>
  facts
    .filter(({ liquidated }) => liquidated.length > 0)
    .map(({ name, real, liquidated }) => ({
      name,
      real,
      style: styleOf(name),
      points: liquidated.map(({ leverage, share }) => ({ at: leverage, value: share * 100 })),
    }));

/** "XAUUSD_H1 21.3; synthetic 8.1 to 30.2." */
export function barSummary(rows: readonly BarRow[]): string {
  const synthetic = rows.filter(({ real }) => !real).toSorted((a, b) => a.value - b.value);
  const real = rows.filter((row) => row.real).map(({ name, text }) => `${name} ${text}`);
  const range = synthetic.length
    ? [`synthetic ${synthetic[0]!.text} to ${synthetic.at(-1)!.text}`]
    : [];
  return `${[...real, ...range].join('; ')}.`;
}

/** "At 24 bars: XAUUSD_H1 0.31, GARCH 0.22, …" */
export function lineSummary(
  rows: readonly LineRow[],
  at: number,
  place: string,
  text: (value: number) => string,
): string {
  const values = rows.flatMap(({ name, points }) => {
    const point = points.find((one) => one.at === at);
    return point ? [`${name} ${text(point.value)}`] : [];
  });
  return `${place}: ${values.join(', ')}.`;
}

export const ratio = (value: number) => number(value, 2);
export const inPercent = (value: number) => `${percent(value / 100)}%`;
