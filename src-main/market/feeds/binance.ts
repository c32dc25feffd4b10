import WebSocket from 'ws';
import { z } from 'zod';
import { TIMEFRAMES, type Timeframe } from '../../contract/series.ts';
import { hoursOf } from '../../domain/instrument.ts';
import type { MarketHours } from '../../domain/time/market-hours.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import { fetchJson, parsed, sane, type BarService, type FeedCandle } from './bar-service.ts';

/** Where a market of Binance speaks. `ws` is said with `/` and the stream's name behind it. */
export interface BinanceHosts {
  readonly rest: string;
  readonly ws: string;
}

const INTERVALS: Readonly<Record<Timeframe, string>> = {
  M1: '1m',
  M5: '5m',
  M15: '15m',
  M30: '30m',
  H1: '1h',
  H4: '4h',
  D1: '1d',
};
const PAGE = 1_000;
/** Its own sign of life comes at least every three minutes. */
const SILENCE_MS = 200_000;

const price = z.string().transform(Number);
/** A stream's message: https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams */
const message = z.object({
  e: z.literal('kline'),
  s: z.string(),
  k: z.object({
    t: z.number(),
    i: z.string(),
    o: price,
    h: price,
    l: price,
    c: price,
    v: price,
    x: z.boolean(),
  }),
});
/** A row of `klines`: opening, open, high, low, close, volume, closing; the rest is not needed. */
const rows = z.array(
  z.tuple([z.number(), price, price, price, price, price, z.number()]).rest(z.unknown()),
);

/** Klines of one symbol. */
export class BinanceKlines implements BarService {
  readonly stepSeconds: number;
  readonly hours: MarketHours;
  readonly silenceMs = SILENCE_MS;
  readonly #hosts: BinanceHosts;
  readonly #now: () => UtcSeconds;
  readonly #symbol: string;
  readonly #interval: string;

  constructor(hosts: BinanceHosts, symbol: string, timeframe: Timeframe, now: () => UtcSeconds) {
    this.#hosts = hosts;
    this.#now = now;
    this.#symbol = symbol;
    this.hours = hoursOf(symbol);
    this.#interval = INTERVALS[timeframe];
    this.stepSeconds = TIMEFRAMES[timeframe] * 60;
  }

  async history(from: UtcSeconds, signal: AbortSignal): Promise<FeedCandle[]> {
    const candles: FeedCandle[] = [];
    for (let start = from * 1000; ;) {
      const url = new URL(`${this.#hosts.rest}/klines`);
      url.search = new URLSearchParams({
        symbol: this.#symbol,
        interval: this.#interval,
        startTime: String(start),
        limit: String(PAGE),
      }).toString();
      const page = rows.parse(await fetchJson(url, { signal }));
      const now = this.#now() * 1000;
      for (const [opens, open, high, low, close, volume, closes] of page) {
        const time = (opens / 1000) as UtcSeconds;
        const candle = sane({ time, open, high, low, close, volume, isClosed: closes < now });
        if (candle) candles.push(candle);
      }
      if (page.length < PAGE) return candles;
      start = page.at(-1)![0] + this.stepSeconds * 1000;
    }
  }

  stream(hear: Parameters<BarService['stream']>[0], signal: AbortSignal): Promise<never> {
    const name = `${this.#symbol.toLowerCase()}@kline_${this.#interval}`;
    const socket = new WebSocket(`${this.#hosts.ws}/${name}`, { maxPayload: 2 ** 20 });
    const { promise, reject } = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => socket.terminate(), { once: true });
    socket.on('open', () => hear.onAlive());
    socket.on('ping', () => hear.onAlive());
    socket.on('message', (data: Buffer) => {
      hear.onAlive();
      const candle = this.#candleOf(data.toString('utf8'));
      if (candle) hear.onCandle(candle);
      else hear.onMalformed();
    });
    socket.on('error', (error) => reject(new Error(`the stream failed: ${error.message}`)));
    socket.on('close', (code) => reject(new Error(`the stream was closed (${code})`)));
    return promise;
  }

  #candleOf(text: string): FeedCandle | null {
    const told = message.safeParse(parsed(text));
    if (!told.success) return null;
    const { s, k } = told.data;
    if (s !== this.#symbol || k.i !== this.#interval || k.t % (this.stepSeconds * 1000) !== 0) {
      return null;
    }
    const time = (k.t / 1000) as UtcSeconds;
    return sane({ time, open: k.o, high: k.h, low: k.l, close: k.c, volume: k.v, isClosed: k.x });
  }
}
