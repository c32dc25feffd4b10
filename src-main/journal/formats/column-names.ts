/** What a column holds, by the headings that mean it: in small letters, without clock and currency. */
const HEADINGS = {
  ticket: ['ticket', 'position id', 'position', 'deal id', 'id'],
  symbol: ['symbol'],
  direction: ['direction', 'opening direction', 'type', 'side'],
  openedAt: ['entry_time', 'opening time', 'open time'],
  openPrice: ['entry_price', 'entry price', 'opening price'],
  closedAt: ['exit_time', 'closing time', 'close time'],
  closePrice: ['exit_price', 'closing price', 'close price'],
  lots: ['lots'],
  ounces: ['size_oz'],
  quantity: ['closing quantity', 'quantity', 'volume'],
  stopLoss: ['stop_loss'],
  takeProfit: ['take_profit'],
  commission: ['commission', 'commissions'],
  swap: ['swap'],
  gross: ['profit', 'gross', 'gross profit'],
  net: ['net', 'net profit'],
  comment: ['comment', 'label'],
  account: ['account'],
  currency: ['currency'],
} as const;
export type ColumnName = keyof typeof HEADINGS;
/** Places of columns in a row. */
type Columns = Partial<Record<ColumnName, number>>;
const NEEDED: readonly ColumnName[] = [
  'symbol',
  'direction',
  'openedAt',
  'openPrice',
  'closedAt',
  'closePrice',
];
const SIZES: readonly ColumnName[] = ['lots', 'ounces', 'quantity'];

/** Where the columns stand by their headings; null where one that a trade needs is missing. */
export function columnsOf(headings: readonly string[]): Columns | null {
  const plain = headings.map((text) =>
    text
      .replace(/\(.*\)/, '')
      .replace(/^(Net|Gross) [A-Z]{3}$/, '$1')
      .trim()
      .toLowerCase(),
  );
  const columns: Columns = {};
  for (const [name, words] of Object.entries(HEADINGS) as [ColumnName, readonly string[]][]) {
    const place = plain.findIndex((heading) => words.includes(heading));
    if (place >= 0) columns[name] = place;
  }
  const has = (name: ColumnName) => columns[name] !== undefined;
  return SIZES.some(has) && NEEDED.every(has) ? columns : null;
}

/** "Net USD": cTrader names the currency in the heading. */
export const currenciesOf = (headings: readonly string[]) =>
  headings.flatMap((text) => /^(?:Net|Gross) ([A-Z]{3})$/.exec(text)?.[1] ?? []);

/** Seconds ahead of UTC that "Closing time (UTC-6)" names; 0 for "(UTC)", null for no word of it. */
export function offsetOfHeading(heading: string): number | null {
  const [whole, sign, hours, minutes = '0'] =
    /\(UTC(?:\s*([+-])\s*(\d{1,2})(?::(\d{2}))?)?\)/i.exec(heading) ?? [];
  if (whole === undefined) return null;
  const seconds = (Number(hours ?? 0) * 60 + Number(minutes)) * 60;
  return sign === '-' ? -seconds : seconds;
}
