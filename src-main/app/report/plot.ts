import { html, type Html } from './html.ts';
import type { JudgedModel } from '../../contract/court.ts';

/** One direction of a drawing. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly title: string;
}

/** Where values lie on the paper, in units of the drawing. */
export interface Paper {
  readonly width: number;
  readonly height: number;
  x(value: number): string;
  y(value: number): string;
}

const WIDTH = 520;
const MARGIN = { left: 44, right: 108, top: 12, bottom: 34 } as const;

/** A drawing with two axes; `label` says in words what it shows. */
export function plot(
  label: string,
  height: number,
  [across, up]: readonly [Axis, Axis],
  draw: (paper: Paper) => readonly Html[],
): Html {
  const right = WIDTH - MARGIN.right;
  const bottom = height - MARGIN.bottom;
  const place =
    ({ from, to }: Axis, start: number, end: number) =>
    (value: number) =>
      (start + ((value - from) / (to - from)) * (end - start)).toFixed(1);
  const x = place(across, MARGIN.left, right);
  const y = place(up, bottom, MARGIN.top);
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
    ${up.ticks.map(
      ({ at, text }) =>
        html`<path class="grid" d="M${MARGIN.left} ${y(at)}H${right}" />
          <text x="${MARGIN.left - 6}" y="${y(at)}" dy="4" text-anchor="end">${text}</text>`,
    )}
    ${across.ticks.map(
      ({ at, text }) =>
        html`<text x="${x(at)}" y="${bottom + 14}" text-anchor="middle">${text}</text>`,
    )}
    <path class="axis" d="M${MARGIN.left} ${bottom}H${right}" />
    <text x="${right}" y="${height - 4}" text-anchor="end">${across.title}</text>
    <text x="${MARGIN.left + 4}" y="${MARGIN.top}" dy="4">${up.title}</text>
    ${draw({ width: WIDTH, height, x, y })}
  </svg>`;
}

type Point = readonly [x: number, y: number];

/** A line through points, named at its end. */
export function line(
  { x, y }: Paper,
  style: LineStyle,
  points: readonly Point[],
  name: string,
  nameAt?: number,
): Html | null {
  const last = points.at(-1);
  if (!last) return null;
  const path = points.map(([at, value]) => `${x(at)} ${y(value)}`).join('L');
  return html`<g class="${style.kind}">
    <path
      class="${style.leading ? 'line leading' : 'line'}"
      stroke-dasharray="${style.dashes}"
      d="M${path}"
    />
    <text class="name" x="${Number(x(last[0])) + 5}" y="${nameAt ?? y(last[1])}" dy="4">
      ${name}
    </text>
  </g>`;
}

export interface LineStyle {
  readonly kind: JudgedModel['kind'];
  /** The model that the report is about. */
  readonly leading: boolean;
  readonly dashes: string;
}

const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 3', '10 4', '4 2', '3 6'];

/** Lines differ by colour of their kind, and by dashes whatever their colour. */
export const styleOf = ({ kind }: JudgedModel, index: number): LineStyle => ({
  kind,
  leading: index === 0,
  dashes: DASHES[index % DASHES.length]!,
});

/** Heights of names at the ends of lines, spread so that none covers another. */
export function spread(heights: readonly number[], gap = 12): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!);
  const placed = [...heights];
  order.forEach((at, rank) => {
    if (rank === 0) return;
    placed[at] = Math.max(placed[at]!, placed[order[rank - 1]!]! + gap);
  });
  return placed;
}

/** A whole range of round values, at most `most` of them. */
export function roundTicks(from: number, to: number, most: number): number[] {
  const rough = (to - from) / most || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough)!;
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first;
  return Array.from({ length: count + 1 }, (_, i) => (first + i) * step);
}

/** An axis of shares, from `from` to `to`, in percent. */
export const shareAxis = (title: string, from: number, to: number): Axis => ({
  from,
  to,
  ticks: roundTicks(from, to, 5).map((at) => ({ at, text: `${Math.round(at * 100)}%` })),
  title,
});
