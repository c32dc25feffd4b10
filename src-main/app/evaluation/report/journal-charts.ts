import { CHOOSERS, type Chooser } from '../../../contract/journal-words.ts';
import type { ReviewPage } from '../../../contract/journal.ts';
import { signed } from '../../../contract/evaluation-words.ts';
import { html, type Html } from './html.ts';
import { chooserName } from './journal-words.ts';
import { DASHES, legend, line, plot, shareAxis, type LineStyle } from './plot.ts';
import { timeAxis } from '../../../charts/axes.ts';
import type { JournalReport } from '../../journal/export/journal-report.ts';

const styleOf = (chooser: Chooser): LineStyle => ({
  kind: chooser,
  leading: chooser === 'recommended',
  dashes: DASHES[CHOOSERS.indexOf(chooser)]!,
});
const wholePercent = (share: number) => `${signed(share * 100, 0)}%`;

/** Sums of returns over time, and under them how far each stands below its highest. */
export function curvesChart({ page: { curves }, account }: JournalReport): Html {
  const drawn = CHOOSERS.filter((chooser) => curves[chooser].time.length > 0);
  const times = drawn.flatMap((chooser) => curves[chooser].time);
  const across = timeAxis(least(times), most(times), 500, 'exit');
  const panel = (label: string, height: number, key: 'sum' | 'drawdown', ticks: number) => {
    const values = drawn.flatMap((chooser) => curves[chooser][key]);
    const [lowest, highest] = [Math.min(0, least(values)), Math.max(0, most(values))];
    const room = (highest - lowest || 0.1) * 0.04;
    const up = shareAxis('', lowest - room, highest + room, ticks);
    const axes = [key === 'sum' ? { ...across, ticks: [], title: '' } : across, up] as const;
    return plot(label, height, axes, (paper) =>
      drawn.map((chooser) => {
        const { time, [key]: shares } = curves[chooser];
        return line(
          paper,
          styleOf(chooser),
          time.map((at, i) => [at, shares[i]!] as const),
        );
      }),
    );
  };
  const names = drawn.map((chooser) => {
    const { sum, drawdown } = curves[chooser];
    const came = `${wholePercent(sum.at(-1)!)}, deepest ${wholePercent(least(drawdown))}`;
    return { style: styleOf(chooser), name: `${chooserName(chooser, account)} ${came}` };
  });
  return html`<figure>
    ${legend(names)} ${panel('Sum of returns', 175, 'sum', 8)}
    ${panel('Drawdown of the sum', 110, 'drawdown', 4)}
  </figure>`;
}

const ring = (x: string, y: string) => html`<circle class="ring" cx="${x}" cy="${y}" r="2.5" />`;
const cross = (x: string, y: string) =>
  html`<path class="cross" d="M${x} ${y}m-3-3l6 6m0-6l-6 6" />`;

/** Worst against best price on the way; a cross where the size was liquidated. */
export function excursionsChart({ scatter }: ReviewPage): Html {
  const to = (side: 'adverse' | 'favourable') =>
    Math.max(0.001, most(scatter.map((point) => point[side])) * 1.05);
  const axes = [
    shareAxis('against the position', 0, to('adverse'), 4),
    shareAxis('in its favour', 0, to('favourable')),
  ] as const;
  return html`<figure>
    <p class="legend">
      ${[
        { mark: ring('5', '5'), name: 'survived' },
        { mark: cross('5', '5'), name: 'liquidated' },
      ].map(
        ({ mark, name }) =>
          html`<span
            ><svg class="mark" viewBox="0 0 10 10" aria-hidden="true">${mark}</svg> ${name}</span
          >`,
      )}
    </p>
    ${plot(
      'Worst and best price on the way, as shares of the entry price',
      290,
      axes,
      ({ x, y }) =>
        scatter.map(({ adverse, favourable, liquidated }) => {
          const [at, height] = [x(adverse), y(favourable)];
          return liquidated ? cross(at, height) : ring(at, height);
        }),
      340,
    )}
  </figure>`;
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);
