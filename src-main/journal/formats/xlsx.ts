import { unzipSync } from 'fflate';
import { Parser } from 'htmlparser2';
import { CodedError } from '../../contract/errors.ts';
import type { Cell, SheetRow } from './sheet.ts';

/** A part that unpacks to more is no statement. */
const LARGEST_PART = 200_000_000;
const PARTS = /^xl\/(worksheets\/sheet1\.xml|sharedStrings\.xml)$/i;

/** Whether the file is a zip, as every xlsx is. */
export const isZip = (file: Uint8Array) => file[0] === 0x50 && file[1] === 0x4b;

/**
 * The rows of the first sheet of an xlsx file, cells at the place that their letter says. MetaTrader 5
 * writes its parts in UTF-16. Null for a zip that is no workbook. Throws `statement-cut`.
 */
export function xlsxRows(file: Uint8Array): SheetRow[] | null {
  let parts: Record<string, Uint8Array>;
  try {
    parts = unzipSync(file, {
      filter: ({ name, originalSize }) => PARTS.test(name) && originalSize < LARGEST_PART,
    });
  } catch {
    throw new CodedError('statement-cut', { problem: 'the workbook cannot be unpacked' });
  }
  const part = (ending: string) =>
    Object.entries(parts).find(([name]) => name.toLowerCase().endsWith(ending))?.[1];
  const sheet = part('sheet1.xml');
  if (!sheet) return null;
  const strings = part('sharedstrings.xml');
  return rowsOf(textOf(sheet), strings ? stringsOf(textOf(strings)) : []);
}

/** XML says its own charset by a mark or its first characters. */
function textOf(part: Uint8Array): string {
  const isUtf16 = (part[0] === 0xff && part[1] === 0xfe) || part[1] === 0;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(part);
}

/** The texts that cells refer to by number; one may be written in several runs. */
function stringsOf(xml: string): string[] {
  const strings: string[] = [];
  let text = '';
  let isText = false;
  const parser = new Parser(
    {
      onopentag(name) {
        if (name === 'si') text = '';
        isText = name === 't';
      },
      ontext(piece) {
        if (isText) text += piece;
      },
      onclosetag(name) {
        isText = false;
        if (name === 'si') strings.push(text);
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return strings;
}

function rowsOf(xml: string, strings: readonly string[]): SheetRow[] {
  const rows: SheetRow[] = [];
  let cells: Cell[] = [];
  let place = 0;
  let kind = '';
  let text = '';
  let isValue = false;
  const parser = new Parser(
    {
      onopentag(name, { r, t }) {
        if (name === 'row') cells = [];
        if (name === 'c') {
          place = r ? columnOf(r) : cells.length;
          kind = t ?? '';
          text = '';
        }
        // A value, or the text of a cell that holds its own.
        isValue = name === 'v' || name === 't';
      },
      ontext(piece) {
        if (isValue) text += piece;
      },
      onclosetag(name) {
        isValue = false;
        if (name === 'c') {
          while (cells.length < place) cells.push({ text: '', title: '', span: 1 });
          const read = kind === 's' ? (strings[Number(text)] ?? '') : text;
          cells.push({ text: read.trim(), title: '', span: 1 });
        } else if (name === 'row' && cells.length > 0) rows.push({ row: rows.length + 1, cells });
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return rows;
}

/** Place of a cell by its name: A1 is 0, AA7 is 26. */
function columnOf(name: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/.exec(name)?.[0] ?? 'A') {
    column = column * 26 + letter.charCodeAt(0) - 64;
  }
  return Math.min(column - 1, 16_383);
}
