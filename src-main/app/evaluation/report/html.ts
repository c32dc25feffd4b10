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
