import {
  headerCells,
  layoutByNames,
  layoutByPlace,
  plainCells,
  separatorOf,
  type CandleFormat,
  type ColumnNames,
} from '../format.ts';

const POLISH: ColumnNames = {
  date: ['data'],
  time: ['czas'],
  open: ['otwarcie'],
  high: ['najwyzszy'],
  low: ['najnizszy'],
  close: ['zamkniecie'],
  volume: ['wolumen'],
};

const BULK: ColumnNames = {
  date: ['<date>'],
  time: ['<time>'],
  open: ['<open>'],
  high: ['<high>'],
  low: ['<low>'],
  close: ['<close>'],
  volume: ['<vol>'],
};

/**
 * Data of Stooq: in Polish, in bulk with <TICKER> and <PER>, or without a header. With an English
 * header it is a comma copy like others.
 */
export const stooq: CandleFormat = {
  name: 'Stooq data',
  layout(first) {
    const separator = separatorOf(first);
    const header = headerCells(first, separator);
    if (header.includes('<ticker>')) return layoutByNames(header, separator, BULK);
    if (header.includes('otwarcie')) return layoutByNames(header, separator, POLISH);
    const cells = plainCells(first, separator);
    const isDated = /^\d{4}-\d\d-\d\d$/.test(cells[0]!) && /^[\d.]+$/.test(cells[1] ?? '');
    const fits = isDated && (cells.length === 5 || cells.length === 6);
    return fits ? layoutByPlace(separator, cells.length, false) : null;
  },
};
