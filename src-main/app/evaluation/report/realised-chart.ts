import { html, type Html } from './html.ts';
import { legend, line, plot, shareAxis, styleOf } from './plot.ts';
import type { JudgedModel } from '../../../contract/evaluation.ts';

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
  const lines = [
    ...drawn.map(({ model, style }) => ({
      style,
      name: model.name,
      points: curveOf(model, 'withFactor'),
    })),
    {
      style: { ...leading.style, leading: false, dashes: '1 2' },
      name: `${leading.model.name} without margin of safety`,
      points: curveOf(leading.model, 'raw'),
    },
  ];
  const bounds = (side: 'low' | 'high') =>
    intervals.map(({ threshold, interval }) => [threshold, interval![side]] as const);
  const promised = Math.min(0.25, up.to);
  return html`<figure>
    ${legend(lines)}
    ${plot('Realised liquidations against the threshold', 300, [across, up], (paper) => {
      const { x, y } = paper;
      const outline = [...bounds('high'), ...bounds('low').reverse()]
        .map(([threshold, rate]) => `${x(threshold)} ${y(rate)}`)
        .join('L');
      return [
        html`<path class="promise" d="M${x(0)} ${y(0)}L${x(promised)} ${y(promised)}" />`,
        html`<g class="${leading.style.kind}">
          ${outline === '' ? null : html`<path class="band" d="M${outline}Z" />`}
        </g>`,
        ...lines.map(({ style, points }) => line(paper, style, points)),
      ];
    })}
  </figure>`;
}
