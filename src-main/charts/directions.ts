import { count, number } from '../domain/answer/wording.ts';
import { between, deskPolicy, groupName, NO_VALUE, percent } from '../contract/evaluation-words.ts';
import { linearAxis, markedAxis } from './axes.ts';
import { group, highest, path, plot, rect, shapesAt, text, type Chart } from './chart.ts';
import { modelSeries } from './series.ts';
import type { JudgedGroup } from '../contract/evaluation.ts';

const ROW = 30;
/** Room for the names before the bars, and for the numbers behind them. */
const [LEFT, RIGHT] = [52, 124];

/** The limit that a threshold comes to by the first model's margin of safety. */
export function limitAt(groups: readonly JudgedGroup[], threshold: number): number {
  const { safetyFactor, threshold: asked } = deskPolicy(groups[0]!.models[0]!, threshold);
  return asked === null ? threshold : threshold * safetyFactor;
}

/** Realised liquidations of the first model in each group, with its interval: a row a group. */
export function directionsChart(
  groups: readonly JudgedGroup[],
  threshold: number,
  width: number,
): Chart {
  const rows = groups.map((part) => ({
    name: groupName(part),
    trades: part.trades,
    ...deskPolicy(part.models[0]!, threshold),
  }));
  const most = highest(
    rows.map(({ realised, realisedInterval }) => realisedInterval?.high ?? realised ?? 0),
    threshold * 1.2,
  );
  const axes = [
    linearAxis([0, most], 4, (value) => `${number(value * 100, 0)}%`),
    markedAxis([0, rows.length], () => ''),
  ] as const;
  const said = rows.map(({ name, realised }) => `${name} ${percent(realised)}%`);
  const label = `Liquidated at ${percent(threshold, 0)}% by direction and year: ${said.join(', ')}`;
  const room = { width, height: rows.length * ROW + 28, left: LEFT, right: RIGHT };
  const { models } = groups[0]!;
  return plot(room, axes, label, ({ x, y, left, right, top, bottom }) => [
    path('limit', `M${x(limitAt(groups, threshold))} ${top}V${bottom}`),
    path('threshold', `M${x(threshold)} ${top}V${bottom}`, '4 3'),
    ...rows.map(({ name, trades, realised, realisedInterval: interval }, i) => {
      const at = y(rows.length - i - 0.5);
      const span = interval ? ` (${between(interval)})` : '';
      return group(modelSeries(models[0]!, models).of, [
        text('strong', left - 8, at, name, 'end'),
        interval &&
          rect('interval', x(interval.low), at - 4, x(interval.high) - x(interval.low), 8),
        realised === null
          ? null
          : path('dot', shapesAt('m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z', [[x(realised), at]])),
        text(
          'strong',
          right + 8,
          at - 6,
          `${realised === null ? NO_VALUE : percent(realised)}%${span}`,
        ),
        text('quiet', right + 8, at + 7, `n ${count(trades)}`),
      ]);
    }),
  ]);
}

/** How much more often one direction was liquidated than the other; null where it was not. */
export function directionsWarning(
  groups: readonly JudgedGroup[],
  threshold: number,
): string | null {
  const rateOf = (name: string) => {
    const part = groups.find((one) => one.name === name);
    return part ? deskPolicy(part.models[0]!, threshold).realised : null;
  };
  const [long, short] = [rateOf('long'), rateOf('short')];
  if (!long || !short) return null;
  const [more, fewer, ratio] =
    short >= long ? ['Shorts', 'longs', short / long] : ['Longs', 'shorts', long / short];
  if (ratio < 1.5) return null;
  return `${more} were liquidated ${number(ratio, 1)} times as often as ${fewer} on these bars. The safety factor covers both on average, not each alone.`;
}
