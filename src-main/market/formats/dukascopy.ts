import {
  headerCells,
  layoutByNames,
  PRICE_NAMES,
  separatorOf,
  withTraits,
  type CandleFormat,
} from '../format.ts';

/** Historical data of Dukascopy, day first. It writes closed hours as bars without range and volume. */
export const dukascopy: CandleFormat = {
  name: 'Dukascopy data',
  layout(first) {
    const separator = separatorOf(first);
    const header = headerCells(first, separator);
    const [time = ''] = header;
    const isGmt = time === 'gmttime' || time === 'time(utc)';
    // "Time (EET)" names a zone and not when it changes its hour: the bars tell.
    if (!isGmt && !/^(localtime|time\([a-z]+\))$/.test(time)) return null;
    const names = { date: [time], time: [], ...PRICE_NAMES, volume: ['volume'] };
    return withTraits(layoutByNames(header, separator, names), {
      idle: 'flat',
      ...(isGmt && {
        clock: { clock: 'utc', evidence: 'The header says that the times are GMT.' },
      }),
    });
  },
};
