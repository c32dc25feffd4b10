import { moment } from './fields.ts';

/** "03/01/2023 15:30:00.123", "1.3.2023, 3:30 PM": which of the first two is the day, it does not say. */
const DAY_OR_MONTH_FIRST =
  /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*([AP])M)?Z?$/i;

/** When a trade was opened and closed, as the file writes it. */
type Times = readonly [opened: string, closed: string];

/**
 * Reads the times of one file, in seconds of its own clock; NaN for what is none. Where the year comes
 * last, the whole file tells whether the day comes first: no month is over 12, and no trade closes
 * before it opened. Where both ways could be, it is the one by which trades are held for less time,
 * and the day first where that tells nothing either.
 */
export function momentsOf(trades: readonly Times[]): (text: string) => number {
  const isMonthFirst = heldFor(trades, true) < heldFor(trades, false);
  return (text) => momentBy(text, isMonthFirst);
}

/** Seconds that all trades together were held; Infinity where the order makes nonsense of one. */
function heldFor(trades: readonly Times[], isMonthFirst: boolean): number {
  return trades.reduce((sum, [opened, closed]) => {
    if (!DAY_OR_MONTH_FIRST.test(opened.trim())) return sum;
    const from = momentBy(opened, isMonthFirst);
    const to = closed.trim() === '' ? from : momentBy(closed, isMonthFirst);
    return to >= from ? sum + to - from : Infinity;
  }, 0);
}

function momentBy(text: string, isMonthFirst: boolean): number {
  const found = DAY_OR_MONTH_FIRST.exec(text.trim());
  if (!found) return moment(text);
  const [, first, second, year, hour, minute, seconds = '00', half] = found;
  const two = (digits: string | number) => String(digits).padStart(2, '0');
  const [day, month] = isMonthFirst ? [second!, first!] : [first!, second!];
  // 12:30 AM is half past midnight.
  const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0) : hour!;
  return moment(`${year}-${two(month)}-${two(day)} ${two(hours)}:${minute}:${seconds}`);
}
