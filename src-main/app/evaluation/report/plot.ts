import type { Chooser } from '../../../contract/journal-words.ts';
import { html, type Html } from './html.ts';
import { number } from '../../../domain/answer/wording.ts';
import type { JudgedModel } from '../../../contract/evaluation.ts';

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
const MARGIN = { left: 44, right: 16, top: 12, bottom: 34 } as const;

/** A drawing with two axes; `label` says in words what it shows. */
export function plot(
  label: string,
  height: number,
  [across, up]: readonly [Axis, Axis],
  draw: (paper: Paper) => readonly Html[],
  width = WIDTH,
): Html {
  const right = width - MARGIN.right;
  const bottom = height - MARGIN.bottom;
  const place =
    ({ from, to }: Axis, start: number, end: number) =>
    (value: number) =>
      (start + ((value - from) / (to - from)) * (end - start)).toFixed(1);
  const x = place(across, MARGIN.left, right);
  const y = place(up, bottom, MARGIN.top);
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
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
    ${draw({ width, height, x, y })}
  </svg>`;
}

export interface LineStyle {
  readonly kind: JudgedModel['kind'] | Chooser;
  /** What the report is about. */
  readonly leading: boolean;
  readonly dashes: string;
}

export const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 3', '10 4', '4 2', '3 6'];

/** Lines differ by colour of their kind, and by dashes whatever their colour. */
export const styleOf = ({ kind }: JudgedModel, index: number): LineStyle => ({
  kind,
  leading: index === 0,
  dashes: DASHES[index % DASHES.length]!,
});

const stroke = ({ leading, dashes }: LineStyle, path: string) =>
  html`<path
    class="${leading ? 'line leading' : 'line'}"
    stroke-dasharray="${dashes}"
    d="${path}"
  />`;

/** A line through points; nothing where there are none. */
export function line(
  { x, y }: Paper,
  style: LineStyle,
  points: readonly (readonly [x: number, y: number])[],
): Html {
  const path = points.map(([at, value]) => `${x(at)} ${y(value)}`).join('L');
  return html`<g class="${style.kind}">${path === '' ? null : stroke(style, `M${path}`)}</g>`;
}

/** Which line is whose. */
export const legend = (lines: readonly { style: LineStyle; name: string }[]) =>
  html`<p class="legend">
    ${lines.map(
      ({ style, name }) =>
        html`<span class="${style.kind}">
          <svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
            ${stroke(style, 'M0 4H28')}
          </svg>
          ${name}
        </span>`,
    )}
  </p>`;

/** A whole range of round values, at most `most` steps of them. */
export function roundTicks(from: number, to: number, most: number): number[] {
  const rough = (to - from) / most || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough)!;
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first;
  return Array.from({ length: count + 1 }, (_, i) => (first + i) * step);
}

/** An axis of shares, from `from` to `to`, in percent. */
export function shareAxis(title: string, from: number, to: number, most = 5): Axis {
  const ticks = roundTicks(from, to, most);
  const digits = to - from < 0.01 * most ? 1 : 0;
  return {
    from,
    to,
    ticks: ticks.map((at) => ({ at, text: `${number(at * 100, digits)}%` })),
    title,
  };
}
