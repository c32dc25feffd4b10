import { zipSync } from 'fflate';
import type { Bars } from '../../src-main/domain/bars/bars.ts';

/** A trade as a test has it; times as the statement shows them. */
export interface MadeTrade {
  readonly ticket: number;
  readonly opened: string;
  readonly type: string;
  readonly lots: string;
  readonly symbol: string;
  readonly open: string;
  readonly closed: string;
  readonly close: string;
  readonly profit: string;
  readonly comment?: string;
}

export const trade = (ticket: number, changes: Partial<MadeTrade> = {}): MadeTrade => ({
  ticket,
  opened: '2023.03.01 10:00:00',
  type: 'buy',
  lots: '0.02',
  symbol: 'xauusd.',
  open: '1850.00',
  closed: '2023.03.01 15:30:00',
  close: '1853.50',
  profit: '7.00',
  ...changes,
});

/** A row of MetaTrader 4; an empty `closed` is an open trade. */
function metatrader4Row(made: MadeTrade): string {
  const { ticket, opened, type, lots, symbol, open, closed, close, profit, comment = '' } = made;
  const cell = (text: string, more = '') => `<td ${more}>${text}</td>`;
  return [
    '<tr bgcolor=#E0E0E0 align=right>',
    cell(String(ticket), `title="${comment}"`),
    cell(opened, 'class=msdate nowrap'),
    cell(type),
    cell(lots, 'class=mspt'),
    cell(symbol),
    cell(open),
    cell('0.00'),
    cell('0.00'),
    cell(closed === '' ? '&nbsp;' : closed),
    cell(close),
    ...(profit === 'cancelled'
      ? [cell('cancelled', 'colspan=4')]
      : [cell('-0.14'), cell('0.00'), cell('-0.30'), cell(profit)]),
    '</tr>',
    comment === '' ? '' : `<tr><td colspan=9>&nbsp;</td><td colspan=4>${comment}</td></tr>`,
  ].join('');
}

/** A statement of MetaTrader 4 with headings in any language. */
export function metatrader4(
  trades: readonly MadeTrade[],
  headings = 'Closed Transactions:',
  { account = '4711', currency = 'EUR' } = {},
): string {
  return `<html><head><title>Statement: 123</title></head><body><table>
<tr align=left><td colspan=2><b>Account: ${account}</b></td><td colspan=5><b>Name: X</b></td><td><b>Currency: ${currency}</b></td></tr>
<tr><td colspan=13><b>${headings}</b></td></tr>
<tr><td title="Deposit">1</td><td class=msdate>2023.01.01 09:00:00</td><td>balance</td><td colspan=10>Deposit</td><td>500.00</td></tr>
${trades.map(metatrader4Row).join('\n')}
</table></body></html>`;
}

/** A report of MetaTrader 5 as a page, with the hidden cell that its pages have. */
export function metatrader5Page(trades: readonly MadeTrade[]): string {
  const row = ({ ticket, opened, type, lots, symbol, open, closed, close, profit }: MadeTrade) =>
    [opened, ticket, symbol, type]
      .map((text) => `<td>${text}</td>`)
      .concat('<td class="hidden" colspan="8"></td>')
      .concat(
        [lots, open, '', '1 900.00', closed, close, '- 0.14', '0.00', profit].map(
          (text) => `<td>${text}</td>`,
        ),
      )
      .join('');
  return `<html><body><table>
<tr><th colspan="3">Account:</th><th colspan="10"><b>4711 (USD, Broker-Live, real, Hedge)</b></th></tr>
<tr><th>Positions</th></tr>
${trades.map((one) => `<tr bgcolor="#FFFFFF" align="right">${row(one)}</tr>`).join('\n')}
<tr><th>Orders</th></tr>
<tr><td>2023.03.01 10:00:00</td><td>1</td><td>XAUUSD</td><td>buy</td><td>0.02 / 0.02</td><td>market</td><td></td><td></td><td>2023.03.01 10:00:00</td><td>filled</td></tr>
<tr><th>Deals</th></tr>
<tr><td>2023.01.01 09:00:00</td><td>9</td><td></td><td>balance</td><td></td><td></td><td></td><td></td><td>0.00</td><td>0.00</td><td>500.00</td><td>500.00</td></tr>
<tr><td>2023.03.01 10:00:00</td><td>2</td><td>XAUUSD</td><td>buy</td><td>in</td><td>0.02</td><td>1 850.00</td><td>1</td><td>- 0.14</td></tr>
</table></body></html>`;
}

/** A workbook of one sheet whose texts are shared, as spreadsheets write it; parts in either charset. */
export function workbook(
  rows: readonly (readonly string[])[],
  charset: 'utf-8' | 'utf-16',
): Uint8Array {
  const encode = (text: string) =>
    charset === 'utf-8' ? new TextEncoder().encode(text) : Buffer.from(`\ufeff${text}`, 'utf16le');
  const strings: string[] = [];
  const cell = (text: string, row: number, column: number) => {
    const place = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (text === '') return '';
    if (/^-?[\d.]+$/.test(text) && !text.includes('..'))
      return `<c r="${place}"><v>${text}</v></c>`;
    strings.push(text);
    return `<c r="${place}" t="s"><v>${strings.length - 1}</v></c>`;
  };
  const data = rows
    .map(
      (cells, r) => `<row r="${r + 1}">${cells.map((text, c) => cell(text, r, c)).join('')}</row>`,
    )
    .join('');
  const shared = strings.map((text) => `<si><t>${text}</t></si>`).join('');
  return zipSync({
    'xl/worksheets/sheet1.xml': encode(`<worksheet><sheetData>${data}</sheetData></worksheet>`),
    'xl/sharedStrings.xml': encode(`<sst>${shared}</sst>`),
  });
}

/** What a statement shows of a time: seconds of its own clock as "2023.03.01 10:00:00". */
export const shownTime = (seconds: number) =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replaceAll('-', '.').replace('T', ' ');

/**
 * Trades of 0.02 lot that open and close inside bars, some hours apart, with times of the clock that
 * shows UTC as `shown`, and the profit of a contract of 100 oz.
 */
export function tradesOn(
  bars: Bars,
  count: number,
  shown: (utc: number) => number = (utc) => utc,
): MadeTrade[] {
  const stride = Math.floor((bars.time.length - 4) / count);
  return Array.from({ length: count }, (_, i) => {
    const [entry, exit] = [i * stride, i * stride + 3];
    const at = (bar: number) => bars.time[bar]! + ((i * 7) % 60) * (bars.stepSeconds / 60);
    const [open, close] = [bars.open[entry]!, bars.close[exit]!];
    return trade(1000 + i, {
      opened: shownTime(shown(at(entry))),
      open: open.toFixed(2),
      closed: shownTime(shown(at(exit))),
      close: close.toFixed(2),
      profit: ((close - open) * 2).toFixed(2),
    });
  });
}

const OWN_COLUMNS =
  'ticket,symbol,direction,size_oz,entry_time,entry_price,exit_time,exit_price,commission,swap,profit,comment';

/** Size Picker's own CSV, or a table under other columns. */
export const ownCsv = (lines: readonly string[], columns = OWN_COLUMNS) =>
  [columns, ...lines, ''].join('\r\n');
