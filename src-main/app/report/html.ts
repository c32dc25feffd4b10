import type { Chart, Mark } from '../../charts/chart.ts';

/** Text that is markup already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | null | Html | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markupOf(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('\n');
  return String(part).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Markup as a template: whatever is put into it and is not markup itself is escaped. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]) =>
  new Html(String.raw({ raw: strings }, ...parts.map(markupOf)));

/** A page that needs nothing else: no script, no link, no other file. */
export function documentOf(title: string, body: Html, style: Html): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${style}
      </head>
      <body>
        ${body}
      </body>
    </html>`;
  return `${page.text}\n`;
}

/** A table; the first `words` columns are names. `leading`: whether its first row stands out. */
export function table(
  header: readonly string[],
  rows: readonly (readonly (string | number | Html)[])[],
  { words = 1, leading = false } = {},
): Html {
  const kind = (column: number) => (column < words ? 'word' : '');
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${header.map((name, i) => html`<th class="${kind(i)}">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells, row) =>
            html`<tr class="${leading && row === 0 ? 'leading' : ''}">
              ${cells.map((cell, column) => html`<td class="${kind(column)}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const drawn = (mark: Mark): Html => {
  switch (mark.kind) {
    case 'group':
      return html`<g class="${mark.of}">${mark.marks.map(drawn)}</g>`;
    case 'path':
      return html`<path
        class="${mark.of}"
        d="${mark.d}"
        stroke-dasharray="${mark.dash ?? 'none'}"
      />`;
    case 'rect':
      return html`<rect
        class="${mark.of}"
        x="${mark.x}"
        y="${mark.y}"
        width="${mark.width}"
        height="${mark.height}"
      />`;
    case 'text':
      return html`<text class="${mark.of}" x="${mark.x}" y="${mark.y}" text-anchor="${mark.anchor}"
        >${mark.text}</text
      >`;
  }
};

/** A picture as SVG. */
export const drawing = ({ width, height, label, marks }: Chart) =>
  html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
    ${marks.map(drawn)}
  </svg>`;

/** Which line or mark is whose; each mark is drawn 22 × 10 px. */
export const legend = (entries: readonly { readonly mark: Mark; readonly name: string }[]) =>
  html`<p class="legend">
    ${entries.map(
      ({ mark, name }) =>
        html`<span>
          <svg viewBox="0 0 22 10" aria-hidden="true">${drawn(mark)}</svg> ${name}
        </span>`,
    )}
  </p>`;
