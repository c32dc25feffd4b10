import { headerCells, layoutByNames, separatorOf, type CandleFormat } from '../format.ts';

/** What MetaTrader 5 writes by Export Bars; daily and longer bars come without <TIME>. */
export const metatrader5: CandleFormat = {
  name: 'MetaTrader 5 export',
  layout(first) {
    const separator = separatorOf(first);
    const header = headerCells(first, separator);
    if (!header.some((cell) => /^<\w+>$/.test(cell))) return null;
    return layoutByNames(header, separator, {
      date: ['<date>'],
      time: ['<time>'],
      open: ['<open>'],
      high: ['<high>'],
      low: ['<low>'],
      close: ['<close>'],
      volume: ['<tickvol>'],
    });
  },
};
