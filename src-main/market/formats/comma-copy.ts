import { headerCells, layoutByNames, type CandleFormat } from '../format.ts';

const PRICES = ['open', 'high', 'low', 'close'];

/** Copies of MetaTrader bars by script, comma-separated, the time in one column or in two. */
export const commaCopy: CandleFormat = {
  name: 'Comma-separated copy',
  layout(first) {
    const header = headerCells(first, ',');
    if (header.filter((cell) => PRICES.includes(cell)).length < 2) return null;
    const twoColumns = header.includes('date') && header.includes('time');
    return layoutByNames(header, ',', {
      date: twoColumns ? ['date'] : ['time', 'timestamp', 'datetime', 'date'],
      time: twoColumns ? ['time'] : [],
      open: ['open'],
      high: ['high'],
      low: ['low'],
      close: ['close'],
      volume: ['tickvolume', 'tickvol', 'volume', 'vol'],
    });
  },
};
