import { number } from '../../../domain/answer/wording.ts';
import { html, type Html } from './html.ts';
import { legend, line, plot, shareAxis, styleOf } from './plot.ts';
import { between, percent } from '../../../contract/evaluation-words.ts';
import type { JudgedModel } from '../../../contract/evaluation.ts';

/** What every model said against what came, and how many pairs each point stands on. */
export function reliabilityChart(models: readonly JudgedModel[]): Html {
  const spoken = models.map((model, i) => ({ model, style: styleOf(model, i) }));
  const drawn = spoken.filter(({ model }) => model.scores);
  const leading = drawn[0];
  if (!leading) return html`<p>None of these models states a P(liquidation).</p>`;
  const { reliability } = leading.model;
  const highest = Math.max(
    ...drawn.flatMap(({ model }) =>
      model.reliability.flatMap((bin) => [bin.meanProbability, bin.frequency]),
    ),
    ...reliability.map(({ interval }) => interval?.high ?? 0),
  );
  const to = Math.min(1, Math.max(0.1, Math.ceil(highest * 10) / 10));
  const axes = [shareAxis('said', 0, to), shareAxis('came', 0, to)] as const;
  return html`<figure>
    ${legend(drawn.map(({ model, style }) => ({ style, name: model.name })))}
    ${plot('What each model said against what came, by 15 bins', 300, axes, (paper) => {
      const { x, y } = paper;
      return [
        html`<path class="promise" d="M${x(0)} ${y(0)}L${x(to)} ${y(to)}" />`,
        ...drawn.map(({ model, style }) => {
          const points = model.reliability.map(
            (bin) => [bin.meanProbability, bin.frequency] as const,
          );
          return line(paper, style, points);
        }),
        html`<g class="${leading.style.kind}">
          ${reliability.flatMap(({ meanProbability, frequency, interval }) => {
            const at = x(meanProbability);
            const whisker =
              interval &&
              html`<path class="whisker" d="M${at} ${y(interval.low)}V${y(interval.high)}" />`;
            const mark = html`<circle class="mark" cx="${at}" cy="${y(frequency)}" r="3" />`;
            return whisker ? [whisker, mark] : [mark];
          })}
        </g>`,
      ];
    })}
    <div class="wide">${binTable(leading.model)}</div>
  </figure>`;
}

const binTable = ({ name, reliability }: JudgedModel) =>
  html`<table>
    <thead>
      <tr>
        <th>${name} said %</th>
        <th>Came %</th>
        <th>95% by month</th>
        <th>Pairs</th>
      </tr>
    </thead>
    <tbody>
      ${reliability.map(
        ({ meanProbability, frequency, interval, count }) =>
          html`<tr>
            <td>${percent(meanProbability)}</td>
            <td>${percent(frequency)}</td>
            <td>${between(interval, (value) => percent(value))}</td>
            <td>${number(count, 0)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
