import { count } from '../domain/answer/wording.ts';
import { CHOOSERS, type Chooser } from '../contract/journal-words.ts';
import { percent, signedPercent } from '../contract/evaluation-words.ts';
import { median } from '../domain/stats/metrics.ts';
import { linearAxis, timeAxis, type Axis } from './axes.ts';
import {
  group,
  highest,
  lowest,
  path,
  plot,
  shapesAt,
  short,
  type Chart,
  type Point,
  type Room,
} from './chart.ts';
import { chooserSeries, cross, dot, line, namesAtEnds, type Series } from './series.ts';
import type { OwnExitsFound, ReviewCurve, ReviewPage } from '../contract/journal.ts';

/** Past trades at each way to choose a size. */

export interface ReturnCurve extends ReviewCurve {
  readonly chooser: Chooser;
  readonly series: Series;
  readonly end: number;
  /** The deepest fall from the highest sum so far. */
  readonly deepest: number;
}

const DAY = 86_400;
const wholePercent = (value: number) => `${signedPercent(value, 0)}%`;

/** The ways that have a return to sum; `names` says what each is called. */
export const returnCurves = (
  { curves }: Pick<ReviewPage, 'curves'>,
  names: Readonly<Record<Chooser, string>>,
): ReturnCurve[] =>
  CHOOSERS.filter((chooser) => curves[chooser].sum.length > 0).map((chooser) => ({
    chooser,
    ...curves[chooser],
    series: chooserSeries(chooser, names[chooser]),
    end: curves[chooser].sum.at(-1)!,
    deepest: lowest(curves[chooser].drawdown, 0),
  }));

type Size = Pick<Room, 'width' | 'height'>;
const [LEFT, RIGHT] = [52, 150];

function curvesChart(
  curves: readonly ReturnCurve[],
  key: 'sum' | 'drawdown',
  up: Axis,
  { label, name, size }: { label: string; name: (curve: ReturnCurve) => string; size: Size },
): Chart {
  const times = curves.flatMap(({ time }) => [time[0]!, time.at(-1)!]);
  const from = lowest(times, Infinity);
  // One trade alone is a moment: a day around it is drawn.
  const across = timeAxis(from, highest(times, from + DAY), size.width - LEFT - RIGHT);
  // The two lie above each other: the times stand under the lower one.
  const axes = [key === 'sum' ? { ...across, ticks: [] } : across, up] as const;
  return plot({ ...size, left: LEFT, right: RIGHT }, axes, label, (frame) => [
    ...curves.map(({ series, time, [key]: values }) => {
      const points = values.map((value, i) => [frame.x(time[i]!), frame.y(value)] as const);
      return group(series.of, [line(series, points)]);
    }),
    ...namesAtEnds(
      frame,
      curves.map((curve) => ({
        series: curve.series,
        y: frame.y(curve[key].at(-1)!),
        name: name(curve),
      })),
    ),
  ]);
}

/** Sums of the returns, in the order of the exits, not compounded. */
export function returnsChart(curves: readonly ReturnCurve[], size: Size): Chart {
  const sums = curves.flatMap(({ sum }) => sum);
  const up = linearAxis([lowest(sums, 0), highest(sums, 0.05)], 4, wholePercent);
  const name = ({ series, end }: ReturnCurve) => `${series.name} ${wholePercent(end)}`;
  const label = `Sum of returns at the end: ${curves.map(name).join(', ')}`;
  return curvesChart(curves, 'sum', up, { label, name, size });
}

/** How far each sum stands under its highest so far. */
export function drawdownChart(curves: readonly ReturnCurve[], size: Size): Chart {
  const falls = curves.map(({ deepest }) => deepest);
  const up = linearAxis([lowest(falls, -0.01), 0], 2, wholePercent);
  const name = ({ deepest }: ReturnCurve) => `fell ${wholePercent(deepest)}`;
  const said = curves.map(({ series, deepest }) => `${series.name} ${wholePercent(deepest)}`);
  const label = `Deepest fall: ${said.join(', ')}`;
  return curvesChart(curves, 'drawdown', up, { label, name, size });
}

type Scatter = ReviewPage['scatter'];

/** Medians of the worst and the best price on the way, in percent of the entry price. */
export const medianExcursions = (scatter: Scatter) => {
  const middle = (values: readonly number[]) =>
    values.length === 0 ? '—' : percent(median(values));
  return [
    middle(scatter.map(({ adverse }) => adverse)),
    middle(scatter.map(({ favourable }) => favourable)),
  ] as const;
};

/** A dot where the size survived, a cross where it was liquidated. */
export const excursionMark = (isLiquidated: boolean, at: readonly Point[]) =>
  isLiquidated ? path('liquidated', shapesAt(cross(3), at)) : path('survived', shapesAt(dot, at));

/** How far each trade went against the trader and for him before its exit. */
export function excursionsChart(scatter: Scatter, room: Room): Chart {
  const axis = (values: readonly number[], title: string) =>
    linearAxis([0, highest(values, 0.005)], 4, (value) => percent(value), title);
  const axes = [
    axis(
      scatter.map(({ adverse }) => adverse),
      'worst against the position',
    ),
    axis(
      scatter.map(({ favourable }) => favourable),
      'best in its favour',
    ),
  ] as const;
  const liquidated = scatter.filter((one) => one.liquidated).length;
  const [against, inFavour] = medianExcursions(scatter);
  const label =
    `${count(scatter.length)} trades, ${count(liquidated)} liquidated; ` +
    `median against ${against}%, in favour ${inFavour}%`;
  return plot(room, axes, label, ({ x, y }) =>
    scatter.map((trade) =>
      excursionMark(trade.liquidated, [[x(trade.adverse), y(trade.favourable)]]),
    ),
  );
}

/** How many of the trader's own trades are still held after so many bars: down by a step at each. */
export function heldChart({ rule, steps }: OwnExitsFound, room: Room): Chart {
  const axes = [
    linearAxis([0, rule.cap], 4, count, 'hourly bars since the entry'),
    linearAxis([0, 1], 4, (share) => `${count(share * 100)}%`),
  ] as const;
  const half = rule.holding[Math.floor((rule.holding.length - 1) / 2)]!;
  const label = `Share of your trades that are still held: half after ${count(half)} bars`;
  return plot(room, axes, label, ({ x, y }) => {
    const inside = steps.filter(({ bars }) => bars <= rule.cap);
    const down = inside.map(({ bars, held }) => `H${short(x(bars))}V${short(y(held))}`);
    return [group('series recommended first', [path('line', `M${x(0)} ${y(1)}${down.join('')}`)])];
  });
}
