import { layoutByPlace, plainCells, type CandleFormat } from '../format.ts';

/** Bars of HistData in its ASCII form; its MetaTrader form is told from no other and states no clock. */
export const histdata: CandleFormat = {
  name: 'HistData ASCII',
  layout(first) {
    const cells = plainCells(first, ';');
    if (cells.length !== 6 || !/^\d{8} \d{6}$/.test(cells[0]!)) return null;
    return {
      ...layoutByPlace(';', cells.length, false),
      clock: {
        clock: '-05:00',
        evidence: 'HistData gives its times in EST, five hours behind UTC all year.',
      },
    };
  },
};
