import { count, number } from '../domain/answer/wording.ts';
import { between, percent } from '../contract/evaluation-words.ts';
import { linearAxis, logAxis, markedAxis, powersOfTen, shortPower } from './axes.ts';
import { group, highest, path, plot, rect, through, type Chart, type Room } from './chart.ts';
import { dots, line, modelSeries } from './series.ts';
import type { JudgedModel } from '../contract/evaluation.ts';

/** P(liquidation) as it was predicted against the share that was liquidated, by 15 bins of P. */

const wholePercent = (value: number) => `${number(value * 100, 0)}%`;
const predictedTicks = (drawn: readonly JudgedModel[]) => {
  const points = drawn.flatMap(({ reliability }) => reliability.map((bin) => bin.meanProbability));
  return linearAxis([0, highest(points, 0.1)], 5, wholePercent, 'P(liquidation) predicted');
};

/** Every model of `drawn`, of the first with its intervals. `models`: all of the evaluation. */
export function reliabilityChart(
  drawn: readonly JudgedModel[],
  models: readonly JudgedModel[],
  room: Room,
): Chart {
  const bins = drawn[0]?.reliability ?? [];
  const realised = drawn.flatMap(({ reliability }) => reliability.map((bin) => bin.frequency));
  const most = highest([...realised, ...bins.map(({ interval }) => interval?.high ?? 0)], 0.1);
  const axes = [predictedTicks(drawn), linearAxis([0, most], 5, wholePercent, 'realised')] as const;
  const corner = Math.min(axes[0].to, axes[1].to);
  const said = bins.map(
    (bin) => `predicted ${percent(bin.meanProbability)}, realised ${percent(bin.frequency)}`,
  );
  const label = `Reliability of ${drawn[0]?.name ?? 'no model'}: ${said.join('; ')}`;
  return plot(room, axes, label, ({ x, y }) => [
    path('promise', `M${x(0)} ${y(0)}L${x(corner)} ${y(corner)}`),
    ...drawn.map((model, i) => {
      const series = modelSeries(model, models);
      const points = model.reliability.map(
        (bin) => [x(bin.meanProbability), y(bin.frequency)] as const,
      );
      const whiskers = (i === 0 ? bins : []).flatMap(({ meanProbability, interval }) => {
        if (!interval) return [];
        const ends = [interval.low, interval.high].map(
          (at) => [x(meanProbability), y(at)] as const,
        );
        return path('whisker', through(ends));
      });
      return group(series.of, [line(series, points), ...whiskers, dots(series, points)]);
    }),
  ]);
}

/** How many pairs of trade and size each point of the first model stands on. */
export function pairsChart(drawn: readonly JudgedModel[], room: Room): Chart {
  const bins = drawn[0]?.reliability ?? [];
  const { ticks } = predictedTicks(drawn);
  const across = markedAxis(
    ticks.map(({ at }) => at),
    () => '',
  );
  // There is no room for the names of all powers.
  const name = (power: number) => (Math.round(Math.log10(power)) % 2 ? '' : shortPower(power));
  const most = highest(
    bins.map((bin) => bin.count),
    1,
  );
  const axes = [across, logAxis(powersOfTen(most), name)] as const;
  const label = 'Pairs of trade and size in each bin, on a logarithmic scale';
  return plot(room, axes, label, ({ x, y, bottom }) =>
    bins.map((bin) => {
      const top = y(Math.max(1, bin.count));
      return rect('bar', x(bin.meanProbability) - 5, top, 10, bottom - top);
    }),
  );
}

export const RELIABILITY_HEADS = ['Predicted %', 'Realised %', '95% by month', 'Pairs'] as const;
/** The same numbers in words. */
export const reliabilityRows = (model: JudgedModel | undefined) =>
  (model?.reliability ?? []).map((bin) => [
    percent(bin.meanProbability),
    percent(bin.frequency),
    between(bin.interval),
    count(bin.count),
  ]);
