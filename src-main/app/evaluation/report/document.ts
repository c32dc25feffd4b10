import { html, type Html } from './html.ts';
import { STYLE } from './style.ts';

/** A page that needs nothing else: no script, no link, no other file. */
export function documentOf(title: string, body: Html, ownStyle: Html | null = null): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${STYLE} ${ownStyle}
      </head>
      <body>
        ${body}
      </body>
    </html>`;
  return `${page.text}\n`;
}
