import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { TIMEFRAMES, type Timeframe } from '../../contract/series.ts';
import { hoursOf } from '../../domain/instrument.ts';
import type { FormingBar } from '../../contract/feeds.ts';
import type { MarketHours } from '../../domain/time/market-hours.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import { fetchJson, parsed, reach, sane, type BarService, type FeedCandle } from './bar-service.ts';

/** Where OANDA's v20 speaks, for practice or for live accounts. */
export interface OandaHosts {
  readonly rest: string;
  readonly stream: string;
}

const GRANULARITIES: Readonly<Record<Timeframe, string>> = {
  M1: 'M1',
  M5: 'M5',
  M15: 'M15',
  M30: 'M30',
  H1: 'H1',
  H4: 'H4',
  D1: 'D',
};
const PAGE = 2_000;
/** A heartbeat comes every five seconds. */
const SILENCE_MS = 20_000;

const price = z.string().transform(Number);
const quotes = z.array(z.object({ price })).min(1);
/** Lines of the pricing stream: https://developer.oanda.com/rest-live-v20/pricing-ep/ */
const line = z.discriminatedUnion('type', [
  z.object({ type: z.literal('HEARTBEAT'), time: z.string() }),
  z.object({
    type: z.literal('PRICE'),
    time: z.string(),
    instrument: z.string(),
    bids: quotes,
    asks: quotes,
  }),
]);
const candles = z.object({
  candles: z.array(
    z.object({
      time: z.string(),
      complete: z.boolean(),
      volume: z.number(),
      mid: z.object({ o: price, h: price, l: price, c: price }),
    }),
  ),
});

export interface OandaAccount {
  readonly id: string;
  readonly token: string;
}

/**
 * Mid prices of one instrument. The stream tells quotes: they make the forming bar, and a bar that
 * has closed is read whole from the candles, so that one whose start was missed is never passed off.
 */
export class OandaPrices implements BarService {
  readonly stepSeconds: number;
  readonly hours: MarketHours;
  readonly silenceMs = SILENCE_MS;
  readonly #hosts: OandaHosts;
  readonly #account: OandaAccount;
  readonly #instrument: string;
  readonly #granularity: string;
  #forming: FormingBar | null = null;

  constructor(hosts: OandaHosts, account: OandaAccount, instrument: string, timeframe: Timeframe) {
    this.#hosts = hosts;
    this.#account = account;
    this.#instrument = instrument;
    this.hours = hoursOf(instrument);
    this.#granularity = GRANULARITIES[timeframe];
    this.stepSeconds = TIMEFRAMES[timeframe] * 60;
  }

  async history(from: UtcSeconds, signal: AbortSignal): Promise<FeedCandle[]> {
    const found: FeedCandle[] = [];
    for (let start = from as number; ;) {
      const url = new URL(`${this.#hosts.rest}/v3/instruments/${this.#instrument}/candles`);
      url.search = new URLSearchParams({
        price: 'M',
        granularity: this.#granularity,
        from: new Date(start * 1000).toISOString(),
        count: String(PAGE),
        // Bars by UTC's hours and days, as everything here is stored.
        alignmentTimezone: 'UTC',
        dailyAlignment: '0',
      }).toString();
      const page = candles.parse(
        await fetchJson(url, { signal, headers: this.#headers() }),
      ).candles;
      for (const { time, complete, volume, mid } of page) {
        const opens = Math.floor(Date.parse(time) / 1000) as UtcSeconds;
        const { o: open, h: high, l: low, c: close } = mid;
        const candle = sane({ time: opens, open, high, low, close, volume, isClosed: complete });
        if (candle) found.push(candle);
      }
      this.#forming = found.findLast(({ isClosed }) => !isClosed) ?? this.#forming;
      if (page.length < PAGE) return found;
      start = Math.floor(Date.parse(page.at(-1)!.time) / 1000) + this.stepSeconds;
    }
  }

  async stream(hear: Parameters<BarService['stream']>[0], signal: AbortSignal): Promise<never> {
    const url = new URL(`${this.#hosts.stream}/v3/accounts/${this.#account.id}/pricing/stream`);
    url.searchParams.set('instruments', this.#instrument);
    const response = await reach(url, { signal, headers: this.#headers() });
    hear.onAlive();
    const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>, { signal });
    for await (const text of createInterface({ input: body, crlfDelay: Infinity })) {
      if (text.trim() === '') continue;
      hear.onAlive();
      const told = line.safeParse(parsed(text));
      if (!told.success) hear.onMalformed();
      else if (told.data.type === 'PRICE') {
        const candle = this.#quoted(told.data);
        if (candle) hear.onCandle(candle);
        else hear.onMalformed();
      }
    }
    throw new Error('the stream was closed');
  }

  #headers() {
    return { Authorization: `Bearer ${this.#account.token}` };
  }

  /** The forming bar with one more quote in it; null for one that makes no sense. */
  #quoted({ time, instrument, bids, asks }: Extract<z.infer<typeof line>, { type: 'PRICE' }>) {
    const mid = (bids[0]!.price + asks[0]!.price) / 2;
    const seconds = Date.parse(time) / 1000;
    if (instrument !== this.#instrument || !(mid > 0) || !Number.isFinite(seconds)) return null;
    const opens = (Math.floor(seconds / this.stepSeconds) * this.stepSeconds) as UtcSeconds;
    const before = this.#forming;
    // A late quote of a bar that is over changes nothing.
    if (before && opens < before.time) return { ...before, volume: 0, isClosed: false };
    this.#forming =
      before?.time === opens
        ? {
            ...before,
            high: Math.max(before.high, mid),
            low: Math.min(before.low, mid),
            close: mid,
          }
        : { time: opens, open: mid, high: mid, low: mid, close: mid };
    return { ...this.#forming, volume: 0, isClosed: false };
  }
}
