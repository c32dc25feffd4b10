import { number } from '../domain/answer/wording.ts';
import { percent } from '../contract/evaluation-words.ts';
import { linearAxis, logAxis, markedAxis } from './axes.ts';
import { group, highest, lowest, path, plot, rect, text, type Chart, type Room } from './chart.ts';
import { dots, line, marketSeries, namesAtEnds } from './series.ts';
import type { MarketFacts } from '../contract/datasets.ts';

/** What a real series and the synthetic market have in common, and where they differ. */

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

export const autocorrelationRows = (facts: readonly MarketFacts[]): LineRow[] =>
  facts.map(({ name, real, rangeAutocorrelation }) => ({
    name,
    real,
    points: rangeAutocorrelation.map(({ lag, value }) => ({ at: lag, value })),
  }));

/** Shares. A market whose bars are not here has none. */
export const liquidatedRows = (facts: readonly MarketFacts[]): LineRow[] =>
  facts
    .filter(({ liquidated }) => liquidated.length > 0)
    .map(({ name, real, liquidated }) => ({
      name,
      real,
      points: liquidated.map(({ leverage, share }) => ({ at: leverage, value: share })),
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
export const inPercent = (share: number) => `${percent(share)}%`;

const ROW = 27;
const BAR = 16;
const [NAMES, NUMBERS] = [140, 68];
const EDGE = 8;

/** One bar a market from zero, with the range of eight in ten pieces across its end. */
export function barsChart(rows: readonly BarRow[], label: string, width: number): Chart {
  const most = highest(
    rows.map(({ value, range }) => range?.high ?? value),
    0,
  );
  const axes = [
    markedAxis([0, most || 1], () => ''),
    { ...markedAxis([0, rows.length], () => ''), ticks: [] },
  ] as const;
  const room = { width, height: rows.length * ROW + 24, left: NAMES, right: NUMBERS };
  return plot(room, axes, label, ({ x, y, left, right }) =>
    rows.map(({ name, real, value, text: written, range }, i) => {
      const at = y(rows.length - i - 0.5);
      const [low, high] = range ? [x(range.low), x(range.high)] : [0, 0];
      return group(real ? 'market real' : 'market', [
        text('name', EDGE, at, name),
        rect('bar', left, at - BAR / 2, x(Math.max(0, value)) - left, BAR),
        range && path('whisker', `M${low} ${at - 3}v6M${low} ${at}H${high}M${high} ${at - 3}v6`),
        text('name', right + NUMBERS - EDGE, at, written, 'end'),
      ]);
    }),
  );
}

/** A line a market over a few places, which are spaced by their logarithm. */
export function linesChart(
  rows: readonly LineRow[],
  { label, unit, text: written }: { label: string; unit: string; text: (value: number) => string },
  room: Room,
): Chart {
  const places = [...new Set(rows.flatMap(({ points }) => points.map(({ at }) => at)))];
  const values = rows.flatMap(({ points }) => points.map(({ value }) => value));
  const axes = [
    logAxis(
      places.toSorted((a, b) => a - b),
      String,
      unit,
    ),
    linearAxis([lowest(values, 0), highest(values, 0)], 4, written),
  ] as const;
  return plot({ right: 144, ...room }, axes, label, (frame) => {
    const drawn = rows.map(({ name, real, points }) => ({
      name,
      series: marketSeries(name, real),
      points: points.map(({ at, value }) => [frame.x(at), frame.y(value)] as const),
    }));
    return [
      ...drawn.map(({ series, points }) =>
        group(series.of, [line(series, points), dots(series, points)]),
      ),
      ...namesAtEnds(
        frame,
        drawn.map(({ series, points, name }) => ({
          series,
          y: points.at(-1)?.[1] ?? frame.bottom,
          name,
        })),
      ),
    ];
  });
}
