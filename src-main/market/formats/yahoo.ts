import {
  headerCells,
  layoutByNames,
  PRICE_NAMES,
  separatorOf,
  withTraits,
  type CandleFormat,
} from '../format.ts';

/** History of Yahoo Finance: daily, an adjusted close beside the close, `null` where nobody traded. */
export const yahoo: CandleFormat = {
  name: 'Yahoo Finance history',
  layout(first) {
    const separator = separatorOf(first);
    const header = headerCells(first, separator);
    if (!header.includes('adjclose')) return null;
    const names = { date: ['date'], time: [], ...PRICE_NAMES, volume: ['volume'] };
    return withTraits(layoutByNames(header, separator, names), { idle: 'null' });
  },
};
