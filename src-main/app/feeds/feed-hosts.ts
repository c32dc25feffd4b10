import type { BinanceHosts } from '../../market/feeds/binance.ts';
import type { OandaHosts } from '../../market/feeds/oanda.ts';

/** Where the services are. */
export interface FeedHosts {
  readonly binanceSpot: BinanceHosts;
  readonly binanceFutures: BinanceHosts;
  readonly oanda: Readonly<Record<'practice' | 'live', OandaHosts>>;
}

/**
 * As their documents say. The spot hosts are Binance's market data alone; klines of its futures are
 * told under `market` since its unrouted streams ended in April 2026.
 */
export const FEED_HOSTS: FeedHosts = {
  binanceSpot: {
    rest: 'https://data-api.binance.vision/api/v3',
    ws: 'wss://data-stream.binance.vision/ws',
  },
  binanceFutures: {
    rest: 'https://fapi.binance.com/fapi/v1',
    ws: 'wss://fstream.binance.com/market/ws',
  },
  oanda: {
    practice: {
      rest: 'https://api-fxpractice.oanda.com',
      stream: 'https://stream-fxpractice.oanda.com',
    },
    live: { rest: 'https://api-fxtrade.oanda.com', stream: 'https://stream-fxtrade.oanda.com' },
  },
};
