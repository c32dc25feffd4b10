import { number } from '../domain/answer/wording.ts';
import { percent } from '../contract/evaluation-words.ts';
import { linearAxis, markedAxis } from './axes.ts';
import { group, highest, path, plot, text, through, type Chart, type Room } from './chart.ts';
import { dots, line, modelSeries, type Series } from './series.ts';
import type { JudgedModel } from '../contract/evaluation.ts';

type Row = JudgedModel['realised'][number];

const wholePercent = (value: number) => `${number(value * 100, 0)}%`;
const THRESHOLDS = [0, 0.05, 0.1, 0.15, 0.2, 0.25];
const rates = (rows: readonly Row[], key: 'raw' | 'withFactor') =>
  rows.flatMap(({ threshold, [key]: rate }) => (rate === null ? [] : [[threshold, rate] as const]));

/** How the line of a model without its margin of safety is drawn. */
export const withoutMargin = (series: Series): Series => ({
  ...series,
  name: `${series.name} without margin of safety`,
  of: series.of.replace(' first', ''),
  dash: '10 4',
  marker: '',
});

/** The row of a threshold. */
export const realisedAt = ({ realised }: JudgedModel, threshold: number) =>
  realised.find((row) => Math.abs(row.threshold - threshold) < 1e-9);

/**
 * Share of the largest safe sizes that was liquidated, by the threshold that was asked for: every
 * model of `drawn` with its margin of safety; the first one also in its interval, without the margin,
 * and marked at `threshold`. `models`: all of the evaluation.
 */
export function realisedChart(
  drawn: readonly JudgedModel[],
  models: readonly JudgedModel[],
  threshold: number,
  room: Room,
): Chart {
  const [first] = drawn;
  const rows = first?.realised ?? [];
  const shown = [
    ...drawn.flatMap(({ realised }) => rates(realised, 'withFactor')),
    ...rates(rows, 'raw'),
  ].map(([, rate]) => rate);
  const most = highest([...shown, ...rows.map(({ interval }) => interval?.high ?? 0)], 0.05);
  const axes = [
    markedAxis(THRESHOLDS, wholePercent, 'Threshold asked for'),
    linearAxis([0, most], 5, wholePercent, 'liquidated'),
  ] as const;
  const corner = Math.min(0.25, axes[1].to);
  const said = rows
    .filter((_, i) => (i + 1) % 5 === 0)
    .map((row) => `${wholePercent(row.threshold)} asked, ${percent(row.withFactor)}% realised`);
  const label = `Realised liquidations of ${first?.name ?? 'no model'} with the margin of safety: ${said.join('; ')}`;
  return plot(room, axes, label, ({ x, y, right, bottom }) => {
    const at = (points: readonly (readonly [number, number])[]) =>
      points.map(([asked, rate]) => [x(asked), y(rate)] as const);
    const bounded = rows.flatMap(({ threshold: asked, interval }) =>
      interval ? { asked, ...interval } : [],
    );
    const outline = [
      ...bounded.map(({ asked, high }) => [asked, high] as const),
      ...bounded.toReversed().map(({ asked, low }) => [asked, low] as const),
    ];
    return [
      path('promise', `M${x(0)} ${y(0)}L${x(corner)} ${y(corner)}`),
      text('tick', right - 6, bottom - 12, 'under the promise', 'end'),
      ...drawn.map((model) => {
        const series = modelSeries(model, models);
        const own = line(series, at(rates(model.realised, 'withFactor')));
        if (model !== first) return group(series.of, [own]);
        const marked = realisedAt(model, threshold);
        return group(series.of, [
          bounded.length > 1 ? path('band', `${through(at(outline))}Z`) : null,
          own,
          line(withoutMargin(series), at(rates(rows, 'raw'))),
          marked && marked.withFactor !== null
            ? dots(series, at([[threshold, marked.withFactor]]))
            : null,
        ]);
      }),
    ];
  });
}
