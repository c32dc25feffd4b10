import { signedPercent } from '../contract/evaluation-words.ts';
import { linearAxis, timeAxis } from './axes.ts';
import { group, highest, lowest, plot, type Chart, type Room } from './chart.ts';
import { line, modelSeries, namesAtEnds } from './series.ts';
import type { Evaluation, JudgedModel } from '../contract/evaluation.ts';

const [LEFT, RIGHT] = [52, 176];
/** Longest name that the margin has room for. */
const LONGEST = 18;
const cut = (name: string) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);

/** Sums of returns of one trade at a time, long and short by turns, of each model at a threshold. */
export function equityOf(
  { equityCurves: { times, curves } }: Evaluation,
  models: readonly JudgedModel[],
  threshold: number,
) {
  return models.flatMap((model) => {
    const own = curves.filter((curve) => curve.model === model.name);
    const curve = own.find((one) => one.threshold === threshold) ?? own[0];
    if (!curve || curve.returns.length === 0) return [];
    const { returns } = curve;
    return [{ model, times, returns, end: returns.at(-1)!, lowest: lowest(returns, 0) }];
  });
}

export function equityChart(
  curves: ReturnType<typeof equityOf>,
  models: readonly JudgedModel[],
  { width, height }: Pick<Room, 'width' | 'height'>,
): Chart {
  const times = curves[0]?.times ?? [0];
  const values = curves.flatMap(({ returns }) => returns);
  const axes = [
    timeAxis(times[0]!, times.at(-1)!, width - LEFT - RIGHT, 'exit'),
    linearAxis(
      [lowest(values, 0), highest(values, 0.1)],
      5,
      (value) => `${signedPercent(value, 0)}%`,
    ),
  ] as const;
  const said = curves.map(({ model, end }) => `${model.name} ${signedPercent(end, 0)}%`);
  const label = `Sum of returns at the end: ${said.join(', ')}`;
  return plot({ width, height, left: LEFT, right: RIGHT }, axes, label, (frame) => {
    const drawn = curves.map((curve) => ({ ...curve, series: modelSeries(curve.model, models) }));
    return [
      ...drawn.map(({ series, returns }) =>
        group(series.of, [
          line(
            series,
            returns.map((sum, i) => [frame.x(times[i]!), frame.y(sum)] as const),
          ),
        ]),
      ),
      ...namesAtEnds(
        frame,
        drawn.map(({ series, model, end }) => ({
          series,
          y: frame.y(end),
          name: `${cut(model.name)} ${signedPercent(end, 0)}`,
        })),
      ),
    ];
  });
}
