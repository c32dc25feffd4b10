import { number } from '../domain/answer/wording.ts';
import { linearAxis, linearTicks, logAxis, logTicks, markedAxis, type Axis } from './axes.ts';
import { apart, group, highest, lowest, path, plot, shapesAt, text, through } from './chart.ts';
import { diamond } from './series.ts';
import type { Chart, Frame, Room } from './chart.ts';
import type { TrainingRun } from '../contract/training.ts';

/** The losses of a run of training, and its learning rate below on the same epochs. */

type Size = Pick<Room, 'width' | 'height'>;

const LEFT = 52;
/** For the names of the baselines, and their numbers where there is room for them. */
const showsNumbers = (width: number) => width >= 560;
const roomOf = (size: Size): Room => ({
  ...size,
  left: LEFT,
  right: showsNumbers(size.width) ? 136 : 92,
});

const LINES = [
  { key: 'trainingLoss', name: 'train', dash: '4 3' },
  { key: 'validationLoss', name: 'validation', dash: '' },
] as const;
/** Of a loss beside its line, px. */
const END_WIDTH = 48;

/** Whole epochs, from 0 to at least those of the plan. */
function epochAxis(epochs: number, written: (epoch: number) => string): Axis {
  return markedAxis(linearTicks(0, epochs, Math.min(epochs, 8)), written);
}

/** What a line or a baseline of the losses is called, and where. */
export interface LossLabel {
  readonly key: string;
  readonly name: string;
  readonly loss: number;
  /** Set where it lies beyond the plot. */
  readonly mark: string;
  /** In the margin beside the plot, or at the line's last point. */
  readonly inMargin: boolean;
  readonly x: number;
  readonly y: number;
}

/** Moves labels of one column apart, within `bounds`. */
export const placeLabels = (
  labels: readonly LossLabel[],
  bounds: readonly [top: number, bottom: number],
): LossLabel[] =>
  [true, false].flatMap((inMargin) => {
    const column = labels.filter((label) => label.inMargin === inMargin);
    const heights = apart(
      column.map(({ y }) => y),
      bounds,
    );
    return column.map((label, i) => ({ ...label, y: heights[i]! }));
  });

/** The epochs that an axis of losses has to hold, or the baselines before the first of them. */
function lossAxis({ epochs, baselineLosses }: TrainingRun, isLog: boolean): Axis {
  const losses = epochs.flatMap(({ trainingLoss, validationLoss }) => [
    trainingLoss,
    validationLoss,
  ]);
  const baselines = Object.values(baselineLosses);
  const shown = losses.length > 0 ? losses : baselines;
  if (shown.length === 0) return markedAxis([0, 1], () => '');
  // What lies far above the curves must not press them flat: it is named at the edge.
  const near = baselines.filter((loss) => loss < highest(shown, 0) * 1.2);
  const inView = [...shown, ...near];
  const [low, high] = [lowest(inView, Infinity), highest(inView, -Infinity)];
  const written = (loss: number) => number(loss, 3);
  return isLog && low > 0
    ? logAxis(logTicks(low, high), written)
    : linearAxis([low, high], 5, written);
}

/** Losses after each epoch and those to beat. `done`: share of all steps; drawn while it runs. */
export function lossesChart(
  run: TrainingRun,
  { label, isLog, done }: { label: string; isLog: boolean; done: number },
  size: Size,
): Chart {
  const { epochs, plan } = run;
  const baselines = Object.entries(run.baselineLosses);
  const axes = [epochAxis(plan.config.epochs, String), lossAxis(run, isLog)] as const;
  const isAbove = (loss: number) => loss > axes[1].to;
  const best = epochs.findLast((one) => one.best);

  const labelsIn = ({ x, y, right, top, bottom }: Frame) => {
    const last = epochs.at(-1);
    const ends = LINES.flatMap(({ key, name }): LossLabel[] => {
      if (!last) return [];
      const place = { x: x(last.epoch) + 8, y: y(last[key]) };
      const inMargin = x(last.epoch) + END_WIDTH > right;
      return [{ key, name, loss: last[key], mark: '', inMargin, ...place }];
    });
    const beaten = baselines.map(([name, loss]): LossLabel => {
      const place = { inMargin: true, x: 0, y: isAbove(loss) ? top : y(loss) };
      return { key: 'baseline', name, loss, mark: isAbove(loss) ? ' ↑' : '', ...place };
    });
    return placeLabels([...ends, ...beaten], [top, bottom]);
  };
  const written = ({ name, loss, mark, inMargin }: LossLabel) =>
    inMargin
      ? `${name} ${showsNumbers(size.width) ? number(loss, 4) : ''}${mark}`.trimEnd()
      : number(loss, 4);

  return plot(roomOf(size), axes, label, (frame) => {
    const { x, y, left, right, top, bottom } = frame;
    return [
      ...baselines.map(([, loss]) =>
        isAbove(loss) ? null : path('baseline', `M${left} ${y(loss)}H${right}`, '1 3'),
      ),
      run.live && path('now', `M${x(done * plan.config.epochs)} ${top}V${bottom}`, '2 3'),
      ...LINES.map(({ key, dash }) => {
        const points = epochs.map((one) => [x(one.epoch), y(one[key])] as const);
        // One or two points make no line that is seen.
        const few = points.length < 3 ? points : [];
        return group(`loss ${key}`, [
          path('line', through(points), dash),
          few.length > 0 ? path('dot', shapesAt(POINT, few)) : null,
        ]);
      }),
      ...labelsIn(frame).map((one) =>
        one.inMargin
          ? text(`loss ${one.key}`, size.width - 12, one.y, written(one), 'end')
          : text(`loss ${one.key}`, one.x, one.y, written(one)),
      ),
      best
        ? group('loss validationLoss', [
            path('dot', shapesAt(diamond(5), [[x(best.epoch), y(best.validationLoss)]])),
          ])
        : null,
    ];
  });
}
const POINT = 'm-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z';

/** The learning rate over the whole run: what is still to come is dashed. */
export function rateChart({ plan, schedule }: TrainingRun, done: number, size: Size): Chart {
  const { epochs, learningRate } = plan.config;
  const most = highest(schedule, learningRate);
  const axes = [
    epochAxis(epochs, () => ''),
    markedAxis([0, most], (rate) => String(Number(rate.toPrecision(3)))),
  ] as const;
  /** Epoch and learning rate. */
  const rates = schedule.map((rate, i) => [(i / (schedule.length - 1)) * epochs, rate] as const);
  const at = done * epochs;
  const before = rates.findLast(([epoch]) => epoch <= at);
  const after = rates.find(([epoch]) => epoch > at);
  const now =
    before && after
      ? [at, before[1] + ((at - before[0]) / (after[0] - before[0])) * (after[1] - before[1])]
      : null;
  const joint = now ? [[now[0]!, now[1]!] as const] : [];
  const past = [...rates.filter(([epoch]) => epoch <= at), ...joint];
  const coming = [...joint, ...rates.filter(([epoch]) => epoch > at)];
  const label =
    `Learning rate over ${epochs} epochs, ${number(most, 5)} at most` +
    (now ? `; now ${number(now[1]!, 5)}.` : '.');
  return plot(roomOf(size), axes, label, ({ x, y }) => {
    const places = (part: typeof rates) =>
      through(part.map(([epoch, rate]) => [x(epoch), y(rate)]));
    return [
      path('rate', places(past)),
      ...(coming.length > 0 ? [path('rate coming', places(coming), '2 3')] : []),
    ];
  });
}
