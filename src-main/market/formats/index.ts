import type { CandleFormat } from '../format.ts';
import { binance } from './binance.ts';
import { commaCopy } from './comma-copy.ts';
import { dukascopy } from './dukascopy.ts';
import { histdata } from './histdata.ts';
import { metatrader4 } from './metatrader4.ts';
import { metatrader5 } from './metatrader5.ts';
import { stooq } from './stooq.ts';
import { tradingview } from './tradingview.ts';
import { yahoo } from './yahoo.ts';

/** Every format that is read, the most particular first. */
export const FORMATS: readonly CandleFormat[] = [
  binance,
  dukascopy,
  histdata,
  stooq,
  metatrader5,
  yahoo,
  tradingview,
  commaCopy,
  metatrader4,
];
