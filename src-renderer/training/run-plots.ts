import { linearTicks } from '../charts/ticks.ts';

/** What the plots of a run share: one axis of epochs, and the names of lines beside it. */

/** Room left of the plots, px. */
export const LEFT = 52;
/** For the names of the baselines, and their numbers where there is room for them. */
export const showsNumbers = (width: number) => width >= 560;
export const rightOf = (width: number) => (showsNumbers(width) ? 136 : 92);

/** Whole epochs under the axis, from 0 to at least `epochs`. */
export const epochTicks = (epochs: number) => linearTicks(0, epochs, Math.min(epochs, 8));

/** Height of a line of labels, px. */
const LABEL = 14;

/** What a line or a baseline of the losses is called, and where. */
export interface PlotLabel {
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
export function placeLabels(
  labels: readonly PlotLabel[],
  bounds: readonly [number, number],
): PlotLabel[] {
  return [true, false].flatMap((inMargin) => {
    const column = labels.filter((label) => label.inMargin === inMargin);
    const heights = apart(
      column.map(({ y }) => y),
      LABEL,
      bounds,
    );
    return column.map((label, i) => ({ ...label, y: heights[i]! }));
  });
}

/** Heights of labels as near their wishes as `gap` between them allows, from `top` to `bottom`. */
function apart(
  wishes: readonly number[],
  gap: number,
  [top, bottom]: readonly [number, number],
): number[] {
  const heights = [...wishes];
  const downward = wishes.map((_, i) => i).sort((a, b) => wishes[a]! - wishes[b]!);
  let least = top;
  for (const i of downward) {
    heights[i] = Math.max(heights[i]!, least);
    least = heights[i] + gap;
  }
  let most = bottom;
  for (const i of downward.reverse()) {
    heights[i] = Math.min(heights[i]!, most);
    most = heights[i] - gap;
  }
  return heights;
}
