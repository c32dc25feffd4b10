import { html, type Html } from './html.ts';
import { line, plot, shareAxis, spread, styleOf } from './plot.ts';
import type { JudgedModel } from '../../contract/court.ts';

type Point = readonly [threshold: number, realised: number];

/**
 * Liquidations among the largest safe sizes against the threshold that was asked for: with each
 * model's margin of safety, and of the first model the interval and the line without it.
 */
export function realisedChart(models: readonly JudgedModel[]): Html {
  const drawn = models
    .map((model, i) => ({ model, style: styleOf(model, i) }))
    .filter(({ model }) => model.realised.length > 0);
  const leading = drawn[0];
  if (!leading) return html`<p>None of these models compares with a threshold.</p>`;
  const curveOf = (model: JudgedModel, key: 'raw' | 'withFactor') =>
    model.realised.flatMap((row): Point[] => {
      const rate = row[key];
      return rate === null ? [] : [[row.threshold, rate]];
    });
  const intervals = leading.model.realised.filter(({ interval }) => interval);
  const highest = Math.max(
    0.1,
    ...drawn.flatMap(({ model }) => curveOf(model, 'withFactor').map(([, rate]) => rate)),
    ...curveOf(leading.model, 'raw').map(([, rate]) => rate),
    ...intervals.map(({ interval }) => interval!.high),
  );
  const across = shareAxis('threshold asked for', 0, 0.25);
  const up = shareAxis('liquidated', 0, Math.ceil(highest * 20) / 20);
  return html`<figure>
    ${plot('Realised liquidations against the threshold', 300, [across, up], (paper) => {
      const { x, y } = paper;
      const lines = [
        ...drawn.map(({ model, style }) => ({
          style,
          name: model.name,
          points: curveOf(model, 'withFactor'),
        })),
        {
          style: { ...leading.style, leading: false, dashes: '1 2' },
          name: 'no margin',
          points: curveOf(leading.model, 'raw'),
        },
      ].filter(({ points }) => points.length > 0);
      const heights = spread(lines.map(({ points }) => Number(y(points.at(-1)![1]))));
      const outline = [
        ...intervals.map(({ threshold, interval }) => `${x(threshold)} ${y(interval!.high)}`),
        ...intervals
          .toReversed()
          .map(({ threshold, interval }) => `${x(threshold)} ${y(interval!.low)}`),
      ].join('L');
      const promised = Math.min(0.25, up.to);
      return [
        html`<path class="promise" d="M${x(0)} ${y(0)}L${x(promised)} ${y(promised)}" />`,
        ...(outline ? [html`<path class="band ${leading.style.kind}" d="M${outline}Z" />`] : []),
        ...lines.flatMap(
          ({ style, name, points }, i) => line(paper, style, points, name, heights[i]) ?? [],
        ),
      ];
    })}
  </figure>`;
}
