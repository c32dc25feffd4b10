import { number } from '../../../domain/answer/wording.ts';
import { html, type Html } from './html.ts';
import { legend, line, plot, roundTicks, styleOf, type Axis } from './plot.ts';
import { timeAxis } from '../../../charts/axes.ts';
import { percent, RETURNS_NOTE, signed, TOLD_AT } from '../../../contract/evaluation-words.ts';
import type { Evaluation } from '../../../contract/evaluation.ts';

/** Sums of returns of one trade at a time, by turns long and short, of every model. */
export function equityChart({ equityCurves, groups }: Evaluation): Html {
  const { times, curves } = equityCurves;
  const { models } = groups[0]!;
  if (times.length === 0) return html`<p>No trade begins after another has ended.</p>`;
  const drawn = curves
    .filter(({ threshold }) => threshold === TOLD_AT)
    .map(({ model, returns }) => {
      const index = models.findIndex(({ name }) => name === model);
      return { name: model, returns, style: styleOf(models[index]!, index) };
    });
  const all = drawn.flatMap(({ returns }) => returns);
  const [lowest, highest] = [Math.min(0, ...all), Math.max(0, ...all)];
  const up: Axis = {
    from: lowest,
    to: highest > lowest ? highest : 1,
    ticks: roundTicks(lowest, highest, 6).map((at) => ({ at, text: `${signed(at * 100, 0)}%` })),
    title: '',
  };
  const ends = drawn.map(({ name, returns, style }) => ({
    style,
    name: `${name} ${signed(returns.at(-1)! * 100, 0)}%`,
  }));
  return html`<figure>
    ${legend(ends)}
    ${plot(
      'Sum of returns by model',
      320,
      [timeAxis(times[0]!, times.at(-1)!, 500, 'exit'), up],
      (paper) =>
        drawn.map(({ returns, style }) =>
          line(
            paper,
            style,
            returns.map((sum, trade) => [times[trade]!, sum] as const),
          ),
        ),
    )}
    <p>
      ${number(times.length, 0)} trades one at a time, by turns long and short, sizes chosen at
      ${percent(TOLD_AT, 0)}% with the margin of safety; sum of returns in % of the equity at each
      entry, not compounded. ${RETURNS_NOTE}
    </p>
  </figure>`;
}
