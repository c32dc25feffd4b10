import { isHistoryFile, openHistoryFile } from './formats/history-file.ts';
import { FORMATS } from './formats/index.ts';
import { openOanda } from './formats/oanda.ts';
import { lineEnd } from './line-cells.ts';
import type { Problems } from './problems.ts';
import type { Table } from './table.ts';
import { plainCells, type FoundLayout } from './format.ts';
import { quote, textBytes } from './text-bytes.ts';
import { timeFormOf } from './times.ts';

/** Find the format of a file; null, and a problem, where there is none. */
export function openTable(file: Uint8Array, problems: Problems): Table | null {
  if (isHistoryFile(file)) return openHistoryFile(file, problems);
  const bytes = textBytes(file);
  if (!bytes) {
    problems.add('binary', 0);
    return null;
  }
  if (bytes.every((byte) => byte <= 0x20)) {
    problems.add('empty', 0);
    return null;
  }
  const isJson = bytes.find((byte) => byte > 0x20) === 0x7b;
  return isJson ? openOanda(bytes, problems) : openText(bytes, problems);
}

function openText(bytes: Uint8Array, problems: Problems): Table | null {
  const [first, second] = firstLines(bytes);
  for (const { name, layout: layoutOf } of FORMATS) {
    const layout: FoundLayout | null = layoutOf(first, second);
    if (!layout) continue;
    const quoted = quote(bytes, 0, lineEnd(bytes, 0));
    if ('missing' in layout) {
      problems.add('missing-column', 1, { column: layout.missing, first: quoted });
      return null;
    }
    const cells = plainCells(layout.hasHeader ? second : first, layout.separator);
    const times = timeFormOf(cells[layout.columns.date] ?? '');
    return { bytes, format: name, layout, times, isOwnText: true, notes: [] };
  }
  problems.add('unknown-format', 1, { first: quote(bytes, 0, lineEnd(bytes, 0)) });
  return null;
}

/** The first line and the next that holds anything. */
function firstLines(bytes: Uint8Array): [string, string] {
  const decoder = new TextDecoder();
  const firstEnd = lineEnd(bytes, 0);
  const text = (from: number, to: number) => decoder.decode(bytes.subarray(from, to)).trim();
  let from = firstEnd + 1;
  let second = '';
  while (second === '' && from < bytes.length) {
    const end = lineEnd(bytes, from);
    second = text(from, end);
    from = end + 1;
  }
  return [text(0, firstEnd), second];
}
