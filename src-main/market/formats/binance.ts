import {
  headerCells,
  layoutByNames,
  layoutByPlace,
  PRICE_NAMES,
  separatorOf,
  withTraits,
  type CandleFormat,
} from '../format.ts';

const CLOCK = { clock: 'utc', evidence: 'Binance gives its times in UTC.' };
const COLUMNS = 12;

/** Klines of Binance: with a header, or the twelve columns of its public archive without one. */
export const binance: CandleFormat = {
  name: 'Binance klines',
  layout(first) {
    const separator = separatorOf(first);
    const header = headerCells(first, separator);
    if (header.includes('opentime')) {
      const names = { date: ['opentime'], time: [], ...PRICE_NAMES, volume: ['volume'] };
      return withTraits(layoutByNames(header, separator, names), { clock: CLOCK });
    }
    const isArchive = header.length === COLUMNS && /^(\d{13}|\d{16})$/.test(header[0]!);
    return isArchive ? { ...layoutByPlace(separator, COLUMNS, false), clock: CLOCK } : null;
  },
};
