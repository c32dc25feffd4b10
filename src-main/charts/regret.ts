import { count } from '../domain/answer/wording.ts';
import { percent } from '../contract/evaluation-words.ts';
import { linearAxis, markedAxis } from './axes.ts';
import { group, highest, plot, type Chart, type Room } from './chart.ts';
import { dots, line, modelSeries } from './series.ts';
import type { JudgedModel } from '../contract/evaluation.ts';

/** "0–1", "1–2", "200+": shares of trades by their regret, in percent of equity. */
export const regretNames = (edges: readonly number[]) =>
  edges.map((edge, i) => {
    const next = edges[i + 1];
    return next === undefined
      ? `${count(edge * 100)}+`
      : `${count(edge * 100)}–${count(next * 100)}`;
  });

/** How far the sizes that were chosen fell short of the best in hindsight. */
export function regretChart(
  drawn: readonly JudgedModel[],
  models: readonly JudgedModel[],
  edges: readonly number[],
  room: Room,
): Chart {
  const names = regretNames(edges);
  const most = highest(
    drawn.flatMap(({ regretShares }) => regretShares),
    0.1,
  );
  const axes = [
    markedAxis(
      edges.map((_, i) => i),
      (i) => names[i]!.replace(/–.*/, ''),
      'Best in hindsight less chosen: from so many % of equity up to the next',
    ),
    linearAxis([0, most], 4, (value) => `${count(value * 100)}%`, 'of the trades'),
  ] as const;
  const said = drawn.map(
    ({ name, regretShares }) =>
      `${name} ${regretShares.map((share, i) => `${names[i]} ${percent(share)}`).join(', ')}`,
  );
  return plot(room, axes, `Shares of trades by regret: ${said.join('; ')}`, ({ x, y }) =>
    drawn.map((model) => {
      const series = modelSeries(model, models);
      const points = model.regretShares.map((share, i) => [x(i), y(share)] as const);
      return group(series.of, [line(series, points), dots(series, points)]);
    }),
  );
}
