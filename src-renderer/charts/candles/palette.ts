/** The tokens that a canvas needs as values; read again when the theme changes. */
const TOKENS = {
  panel: '--bg-panel',
  raised: '--bg-raised',
  line: '--line',
  grid: '--grid',
  text: '--text',
  text2: '--text-2',
  text3: '--text-3',
  accent: '--accent',
  accentFill: '--accent-fill',
  onAccent: '--on-accent',
  up: '--up',
  down: '--down',
  warn: '--warn',
  hatch: '--hatch',
  shade: '--shade',
  shadeEdge: '--shade-edge',
  fast: '--s-v1',
  slow: '--s-v2',
  font: '--font-ui',
} as const;

export type Palette = { readonly [Name in keyof typeof TOKENS]: string };

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const values = Object.entries(TOKENS).map(([name, token]) => [
    name,
    style.getPropertyValue(token).trim(),
  ]);
  return Object.fromEntries(values) as Palette;
}
