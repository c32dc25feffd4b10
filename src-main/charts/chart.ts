import type { Axis } from './axes.ts';

/**
 * A picture as numbers and paths, in px. What a mark is (`grid`, `line`, `whisker`) is its class:
 * how that looks, each place that draws pictures says for itself.
 */
export interface Chart {
  readonly width: number;
  readonly height: number;
  /** What it shows, in words. */
  readonly label: string;
  readonly marks: readonly Mark[];
}

export type Mark = PathMark | RectMark | TextMark | GroupMark;

export interface PathMark {
  readonly kind: 'path';
  readonly of: string;
  readonly d: string;
  /** Lengths of dashes and gaps; none: a whole line. */
  readonly dash?: string;
}

export interface RectMark {
  readonly kind: 'rect';
  readonly of: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of text whose middle is at `y`. */
export interface TextMark {
  readonly kind: 'text';
  readonly of: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface GroupMark {
  readonly kind: 'group';
  readonly of: string;
  readonly marks: readonly Mark[];
}

/** How large a picture is, px, and what is kept free beside the plot in it. */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly left?: number;
  readonly right?: number;
}

/** The plot inside a picture: places of values, and its edges. */
export interface Frame {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Point = readonly [x: number, y: number];

/** Height of a line of text, px. */
export const LINE = 14;
const TOP = 10;
const LEFT = 44;
const RIGHT = 20;
/** Under the plot: for half a line of text, for the marks of the axis, and for its title. */
const FOOT = 7;
const TICKS = 18;
const TITLE = 14;

/** Axes, grid and titles, and what `draw` draws between them. */
export function plot(
  { width, height, left = LEFT, right = RIGHT }: Room,
  [across, up]: readonly [across: Axis, up: Axis],
  label: string,
  draw: (frame: Frame) => readonly (Mark | null)[],
): Chart {
  const hasTicks = across.ticks.some(({ text: written }) => written !== '');
  const foot = (hasTicks ? TICKS : FOOT) + (across.title ? TITLE : 0);
  const edges = {
    left,
    right: Math.max(left + 1, width - right),
    top: TOP,
    bottom: height - foot,
  };
  const x = (value: number) => edges.left + across.place(value) * (edges.right - edges.left);
  const y = (value: number) => edges.bottom + up.place(value) * (edges.top - edges.bottom);
  const marks: readonly (Mark | null)[] = [
    ...up.ticks.map(({ at }) =>
      path('grid', `M${edges.left} ${Math.round(y(at)) + 0.5}H${short(edges.right)}`),
    ),
    ...up.ticks.map((tick) => text('tick', edges.left - 8, y(tick.at), tick.text, 'end')),
    ...across.ticks.map((tick) => text('tick', x(tick.at), edges.bottom + 12, tick.text, 'middle')),
    text('tick', (edges.left + edges.right) / 2, height - 7, across.title, 'middle'),
    text('tick', edges.left + 8, edges.top + 6, up.title),
    ...draw({ x, y, ...edges }),
  ];
  return { width, height, label, marks: marks.filter((mark) => mark !== null) };
}

/** A tenth of a px is as fine as eyes are. */
export const short = (value: number) => Number(value.toFixed(1));

export const path = (of: string, d: string, dash = ''): PathMark =>
  dash === '' ? { kind: 'path', of, d } : { kind: 'path', of, d, dash };

/** Nothing where there is nothing to say. */
export const text = (
  of: string,
  x: number,
  y: number,
  written: string,
  anchor: TextMark['anchor'] = 'start',
): TextMark | null =>
  written === '' ? null : { kind: 'text', of, x: short(x), y: short(y), text: written, anchor };

export const rect = (
  of: string,
  x: number,
  y: number,
  width: number,
  height: number,
): RectMark => ({
  kind: 'rect',
  of,
  x: short(x),
  y: short(y),
  width: short(Math.max(1, width)),
  height: short(Math.max(1, height)),
});

export const group = (of: string, marks: readonly (Mark | null)[]): GroupMark => ({
  kind: 'group',
  of,
  marks: marks.filter((mark) => mark !== null),
});

/** The d of a line through points. */
export const through = (points: readonly Point[]) =>
  points.map(([x, y], i) => `${i ? 'L' : 'M'}${short(x)} ${short(y)}`).join('');

/** The d of a shape, drawn by relative commands around 0 0, at each of the points. */
export const shapesAt = (shape: string, points: readonly Point[]) =>
  points.map(([x, y]) => `M${short(x)} ${short(y)}${shape}`).join('');

/** Heights of labels as near their wishes as `gap` between them allows, from `top` to `bottom`. */
export function apart(
  wishes: readonly number[],
  [top, bottom]: readonly [top: number, bottom: number],
  gap = LINE,
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

/** The least and the greatest of values and bounds, however many: a spread of them has a limit. */
export const lowest = (values: readonly number[], bound: number) =>
  values.reduce((least, value) => Math.min(least, value), bound);
export const highest = (values: readonly number[], bound: number) =>
  values.reduce((most, value) => Math.max(most, value), bound);
