import { Parser } from 'htmlparser2';

/** A cell of a statement: its text, and what hovers over it (MetaTrader 4 writes comments there). */
export interface Cell {
  readonly text: string;
  readonly title: string;
  readonly span: number;
}

/** A row with anything in it; `row` counts all rows from 1, the empty ones of a text too. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly Cell[];
}

const CHARSET = /charset\s*=\s*["']?([\w-]+)/i;
/** What brokers write where they name no charset, tried in this order. */
const GUESSES = ['utf-8', 'gbk', 'windows-1251', 'windows-1252'] as const;

/**
 * The text of a statement in whatever charset it is: a byte order mark, else the charset that it
 * names, else the first guess that reads it without a fault.
 */
export function statementText(file: Uint8Array): string {
  if (file[0] === 0xff && file[1] === 0xfe) return new TextDecoder('utf-16le').decode(file);
  if (file[0] === 0xfe && file[1] === 0xff) return new TextDecoder('utf-16be').decode(file);
  // UTF-16 without a mark: every second byte of its markup is zero.
  if (file[1] === 0 && file[3] === 0) return new TextDecoder('utf-16le').decode(file);
  const [, named] = CHARSET.exec(new TextDecoder('latin1').decode(file.subarray(0, 2_048))) ?? [];
  for (const charset of [...(named ? [named] : []), ...GUESSES]) {
    try {
      return new TextDecoder(charset, { fatal: true }).decode(file);
    } catch {
      // Another charset, or one of a name that nobody knows.
    }
  }
  return new TextDecoder('latin1').decode(file);
}

/** The rows of all tables of an HTML page, in its order. What is hidden on the page is left out. */
export function htmlRows(text: string): SheetRow[] {
  const rows: SheetRow[] = [];
  let cells: Cell[] | null = null;
  let cell: { text: string; title: string; span: number; isHidden: boolean } | null = null;
  const endCell = () => {
    if (cell && cells && !cell.isHidden) {
      const { title, span } = cell;
      cells.push({ text: cell.text.replace(/[\s\u00a0]+/g, ' ').trim(), title, span });
    }
    cell = null;
  };
  const endRow = () => {
    endCell();
    if (cells && cells.length > 0) rows.push({ row: rows.length + 1, cells });
    cells = null;
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'tr') {
          endRow();
          cells = [];
        } else if (name === 'td' || name === 'th') {
          endCell();
          cell = {
            text: '',
            title: attributes['title'] ?? '',
            span: Math.max(1, Number(attributes['colspan']) || 1),
            isHidden: /\bhidden\b/.test(attributes['class'] ?? ''),
          };
        }
      },
      ontext(piece) {
        if (cell) cell.text += piece;
      },
      onclosetag(name) {
        if (name === 'td' || name === 'th') endCell();
        else if (name === 'tr' || name === 'table') endRow();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(text);
  parser.end();
  endRow();
  return rows;
}

/** The rows of a text of separated values: comma, semicolon or tab, whichever its lines hold most of. */
export function separatedRows(text: string): SheetRow[] {
  const head = text.slice(0, 10_000);
  const counted = [',', ';', '\t'].map((mark) => [mark, head.split(mark).length] as const);
  const [separator] = counted.reduce((most, one) => (one[1] > most[1] ? one : most));
  const rows: SheetRow[] = [];
  let cells: Cell[] = [];
  let field = '';
  let isQuoted = false;
  let row = 0;
  const endField = () => {
    cells.push({ text: field.replace(/\u00a0/g, ' ').trim(), title: '', span: 1 });
    field = '';
  };
  const endRow = () => {
    endField();
    row++;
    if (cells.some(({ text: one }) => one !== '')) rows.push({ row, cells });
    cells = [];
  };
  for (let i = 0; i < text.length; i++) {
    const mark = text[i]!;
    if (isQuoted) {
      if (mark !== '"') field += mark;
      else if (text[i + 1] === '"') field += text[++i]!;
      else isQuoted = false;
    } else if (mark === '"' && field.trim() === '') {
      isQuoted = true;
      field = '';
    } else if (mark === separator) endField();
    else if (mark === '\n') endRow();
    else if (mark !== '\r') field += mark;
  }
  if (field !== '' || cells.length > 0) endRow();
  return rows;
}
