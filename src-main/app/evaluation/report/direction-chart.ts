import { html, type Html } from './html.ts';
import { plot, shareAxis, styleOf, type Axis } from './plot.ts';
import {
  between,
  deskPolicy,
  groupName,
  percent,
  TOLD_AT,
} from '../../../contract/evaluation-words.ts';
import type { JudgedGroup } from '../../../contract/evaluation.ts';

const ROW = 26;

/** Realised liquidations of the first model by direction and year, each with its interval. */
export function directionChart(groups: readonly JudgedGroup[]): Html {
  const rows = groups.map((group) => ({ group, row: deskPolicy(group.models[0]!, TOLD_AT) }));
  const highest = Math.max(
    0.12,
    ...rows.map(({ row }) => row.realisedInterval?.high ?? row.realised ?? 0),
  );
  // Room for the numbers beside the longest bar.
  const across = shareAxis('liquidated', 0, Math.ceil(highest * 2 * 20) / 20);
  const up: Axis = {
    from: -rows.length,
    to: 0,
    ticks: rows.map(({ group }, i) => ({ at: -i - 0.5, text: groupName(group) })),
    title: '',
  };
  const { kind } = styleOf(groups[0]!.models[0]!, 0);
  return html`<figure>
    ${plot(
      'Realised liquidations by direction and year',
      rows.length * ROW + 46,
      [across, up],
      ({ x, y }) => [
        html`<path class="promise" d="M${x(TOLD_AT)} ${y(0)}V${y(-rows.length)}" />`,
        html`<g class="${kind}">
          ${rows.flatMap(({ group, row }, i) => {
            if (row.realised === null) return [];
            const [at, height] = [x(row.realised), y(-i - 0.5)];
            const { realisedInterval: interval } = row;
            const bounds = interval ?? { low: row.realised, high: row.realised };
            const text = `${percent(row.realised)}% (${between(interval, (n) => percent(n))}), n ${group.trades}`;
            return [
              html`<path
                  class="whisker"
                  stroke-width="6"
                  stroke-opacity=".4"
                  d="M${x(bounds.low)} ${height}H${x(bounds.high)}"
                />
                <circle class="mark" cx="${at}" cy="${height}" r="4" />
                <text class="name" x="${x(bounds.high)}" dx="8" y="${height}" dy="4"
                  >${text}</text
                >`,
            ];
          })}
        </g>`,
      ],
    )}
  </figure>`;
}
