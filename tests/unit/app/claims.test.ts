import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Where words for people stand: reports, the command line, the window, the read-me. */
const PLACES = [
  'src-main/app',
  'src-main/contract',
  'src-main/domain',
  'src-main/hosts/cli',
  'src-main/models/evaluation',
  'src-renderer',
];
const texts = [
  'README.md',
  ...PLACES.flatMap((place) =>
    readdirSync(place, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|svelte)$/.test(file))
      .map((file) => join(place, file)),
  ),
].map((file) => ({ file, text: withoutDenial(readFileSync(file, 'utf8')) }));

/** The read-me names the very same claims to say that they are none of its own. */
function withoutDenial(text: string): string {
  return text.replace(/It does \*\*not\*\* promise[^]*?\n\n/, '');
}

/** What was measured false or unproven (product rules, section 7), as it would be put into words. */
const NOT_TO_BE_CLAIMED: readonly [string, RegExp][] = [
  [
    'a guaranteed liquidation rate',
    /guarant|never (be )?liquidat|risk[- ]free|cannot be liquidated/i,
  ],
  [
    'a positive return from sizing',
    /profitable|beats? the market|outperform|make money|more profit/i,
  ],
  ['E[return] as a signal', /(expected|forecast|predicted) (return|profit)s?\b/i],
  ['a bounded loss', /at most 70 ?%|(lose|loss) (at most|no more than)|cannot lose/i],
  ['lower regret than V1', /less regret than V1|lower regret than V1/i],
  ['equal safety of both directions', /equally safe|as safe (for|as) (longs|shorts)/i],
];

describe('what may not be claimed', () => {
  it.each(NOT_TO_BE_CLAIMED)('%s stands nowhere', (_claim, words) => {
    const found = texts.filter(({ text }) => words.test(text)).map(({ file }) => file);
    expect(found).toEqual([]);
  });

  it('and returns are called history where they are shown', () => {
    const words = readFileSync('src-main/contract/evaluation-words.ts', 'utf8');
    expect(words).toContain('history, no forecast of any return');
    expect(words).toContain('best past mean return');
  });

  it('is looked for in the words themselves', () => {
    expect(texts.length).toBeGreaterThan(80);
    expect(texts.some(({ file }) => file.endsWith('page.ts'))).toBe(true);
    const [, guaranteed] = NOT_TO_BE_CLAIMED[0]!;
    expect('A guaranteed rate of liquidation').toMatch(guaranteed);
  });
});
