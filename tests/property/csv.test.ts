import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../src-main/domain/csv.ts';
import { readCsv } from '../support/csv-reader.ts';

const BEGINS_A_FORMULA = /^[=+\-@\t\r]/;

/** Any text, and often text that is meant to be taken for something else. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(
      fc.constantFrom(
        '=',
        '+',
        '-',
        '@',
        '\t',
        '\r',
        '\n',
        "'",
        "'=",
        '"',
        ',',
        '\r\n',
        '"=',
        '＝',
      ),
      fc.string(),
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n\'",;a ') }),
);

const read = (cells: readonly string[]) => readCsv(`${csvLine(cells)}\r\n`);

describe('text in a CSV file', () => {
  it('comes back as it was, less the apostrophe before what begins as a formula', () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 6 }), (cells) => {
        const rows = read(cells);
        expect(rows).toHaveLength(1);
        const back = rows[0]!.map((cell) => cell.replace(/^'('*[=+\-@\t\r\n＝＋－＠])/, '$1'));
        expect(back).toEqual(cells);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never begins as a formula', () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 6 }), (cells) => {
        for (const cell of read(cells)[0]!) expect(cell).not.toMatch(BEGINS_A_FORMULA);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a number in a CSV file', () => {
  it('stays the number, negative ones too', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const [[cell]] = readCsv(`${csvLine([value])}\r\n`) as [[string]];
        expect(cell).toBe(String(value));
        expect(Number(cell)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
