import { layoutByPlace, plainCells, separatorOf, type CandleFormat } from '../format.ts';

const DATE = /^\d{4}([.\-/])\d\d\1\d\d$/;
const TIME = /^\d\d:\d\d(:\d\d)?$/;

/** What MetaTrader 4 saves from its History Center: no header, the date and the time a column each. */
export const metatrader4: CandleFormat = {
  name: 'MetaTrader 4 export',
  layout(first) {
    const separator = separatorOf(first);
    const cells = plainCells(first, separator);
    const [date = '', time = ''] = cells;
    const hasTimeCell = DATE.test(date) && TIME.test(time);
    const inOne = DATE.test(date.slice(0, 10)) && TIME.test(date.slice(11)) && date[10] === ' ';
    if (!hasTimeCell && !inOne) return null;
    const prices = cells.length - (hasTimeCell ? 2 : 1);
    return prices === 4 || prices === 5
      ? layoutByPlace(separator, cells.length, hasTimeCell)
      : null;
  },
};
