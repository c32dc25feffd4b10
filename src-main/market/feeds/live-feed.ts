import { BAR_COLUMNS, emptyBars, type Bars } from '../../domain/bars/bars.ts';
import { missingBetween } from '../../domain/bars/gaps.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import { ServiceRefusal, type BarService, type FeedCandle } from './bar-service.ts';
import type { Feed, FeedListener } from './feed.ts';

/** Bars that a new series begins with: the model's window and all that the facts are read from. */
const FIRST_BARS = 2_500;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** A bar that has just closed may not be in the history yet: it is asked for again after these. */
const ASK_AGAIN_MS = [0, 1_500, 4_000];

/**
 * Follows a service: first its history from the newest known bar on, then its stream. A hole in what
 * the stream tells is filled from the history; a lost stream is opened again, each time after a longer
 * wait, and what it missed is read first.
 */
export class LiveFeed implements Feed {
  readonly #service: BarService;
  readonly #listener: FeedListener;
  readonly #now: () => UtcSeconds;
  /** Opening of the newest closed bar; null before the first. */
  #newest: UtcSeconds | null;
  #forming: FeedCandle | null = null;
  #queue: FeedCandle[] = [];
  #isWorking = false;
  #stopping = new AbortController();
  /** Ends the stream that is open, with why. */
  #losing: AbortController | null = null;
  #wake: (() => void) | null = null;
  #attempt = 0;
  /** Up to where the history was asked in vain. */
  #askedTo = 0;

  constructor(
    service: BarService,
    newest: UtcSeconds | null,
    listener: FeedListener,
    now: () => UtcSeconds,
  ) {
    this.#service = service;
    this.#now = now;
    this.#newest = newest;
    this.#listener = listener;
  }

  async start(): Promise<void> {
    await this.#catchUp();
    void this.#follow();
  }

  look(): void {
    if (this.#wake) this.#wake();
    else this.#losing?.abort(new Error('asked to connect again'));
  }

  stop(): void {
    this.#stopping.abort(new Error('stopped'));
    this.#wake?.();
  }

  get #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Streams until it is stopped; between two streams it waits and reads what was missed. */
  async #follow(): Promise<void> {
    for (let isFirst = true; !this.#isStopped; isFirst = false) {
      try {
        if (!isFirst) await this.#catchUp();
        await this.#listen();
      } catch (error) {
        if (this.#isStopped) return;
        this.#attempt++;
        await this.#wait((error as Error).message);
      }
    }
  }

  /** Twice as long after every try, up to a minute, and a little by chance. */
  async #wait(trouble: string): Promise<void> {
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#attempt - 1));
    const ms = longest * (0.8 + 0.4 * Math.random());
    this.#listener.onStanding({ status: 'retrying', trouble, nextTryAt: this.#now() * 1000 + ms });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }

  /** Reads the bars since the newest known one. */
  async #catchUp(): Promise<void> {
    const { stepSeconds } = this.#service;
    const fresh = this.#now() - FIRST_BARS * stepSeconds;
    const from = (this.#newest === null ? fresh : this.#newest + stepSeconds) as UtcSeconds;
    const candles = await this.#service.history(from, this.#stopping.signal);
    if (this.#isStopped) return;
    if (this.#newest === null && !candles.some(({ isClosed }) => isClosed)) {
      throw new ServiceRefusal('it has no bars of this instrument', 'Check the instrument.');
    }
    this.#tellClosed(candles.filter(({ isClosed }) => isClosed));
    const forming = candles.findLast(({ isClosed }) => !isClosed);
    if (forming) this.#tellForming(forming);
  }

  /** Hears one stream to its end; throws why it ended. */
  async #listen(): Promise<never> {
    const losing = new AbortController();
    this.#losing = losing;
    const signal = AbortSignal.any([losing.signal, this.#stopping.signal]);
    const lost = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    const silent = () => losing.abort(new Error('nothing came for too long'));
    let silence = setTimeout(silent, this.#service.silenceMs);
    try {
      const stream = this.#service.stream(
        {
          onAlive: () => {
            clearTimeout(silence);
            silence = setTimeout(silent, this.#service.silenceMs);
            this.#attempt = 0;
            this.#listener.onStanding({ status: 'live' });
          },
          onMalformed: () => this.#listener.onMalformed(),
          onCandle: (candle) => this.#enqueue(candle, losing),
        },
        signal,
      );
      stream.catch(() => undefined);
      return await Promise.race([stream, lost]);
    } finally {
      clearTimeout(silence);
      losing.abort(new Error('over'));
      this.#losing = null;
      this.#queue = [];
    }
  }

  /** One candle at a time: while a hole is filled the others wait, of a forming bar the latest. */
  #enqueue(candle: FeedCandle, losing: AbortController): void {
    const last = this.#queue.at(-1);
    if (last && !last.isClosed && last.time === candle.time) this.#queue.pop();
    this.#queue.push(candle);
    if (!this.#isWorking) void this.#work(losing);
  }

  async #work(losing: AbortController): Promise<void> {
    const { signal } = losing;
    this.#isWorking = true;
    try {
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
        if (signal.aborted) return;
        await this.#take(next, signal);
      }
    } catch (error) {
      losing.abort(error);
    } finally {
      // Here, not when the promise settles: what comes in between would wait for the next one.
      this.#isWorking = false;
    }
  }

  async #take(candle: FeedCandle, signal: AbortSignal): Promise<void> {
    const { time, isClosed } = candle;
    // Told twice, or late: what is known stays.
    if (this.#newest !== null && time <= this.#newest) return;
    if (!isClosed && this.#forming && time < this.#forming.time) return;
    if (this.#missingBefore(time) > 0 && this.#askedTo < time) await this.#fill(time, signal);
    if (signal.aborted) return;
    if (!isClosed) this.#tellForming(candle);
    else if (this.#newest === null || time > this.#newest) this.#tellClosed([candle]);
  }

  #missingBefore(time: UtcSeconds): number {
    const { stepSeconds, hours } = this.#service;
    if (this.#newest === null) return 0;
    return missingBetween(this.#newest, time, stepSeconds, hours);
  }

  /** Reads the bars before `time` that the stream did not tell. */
  async #fill(time: UtcSeconds, signal: AbortSignal): Promise<void> {
    for (const ms of ASK_AGAIN_MS) {
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
      if (signal.aborted || this.#isStopped) return;
      const from = (this.#newest! + this.#service.stepSeconds) as UtcSeconds;
      const candles = await this.#service.history(from, signal);
      if (signal.aborted) return;
      this.#tellClosed(candles.filter((one) => one.isClosed && one.time < time));
      if (this.#missingBefore(time) === 0) return;
    }
    // A quiet market makes no bars: it is not asked for them again.
    this.#askedTo = time;
  }

  #tellClosed(candles: readonly FeedCandle[]): void {
    const fresh: FeedCandle[] = [];
    for (const candle of candles) {
      if (candle.time > (fresh.at(-1)?.time ?? this.#newest ?? -Infinity)) fresh.push(candle);
    }
    if (fresh.length === 0) return;
    this.#listener.onClosed(columns(fresh, this.#service.stepSeconds));
    this.#newest = fresh.at(-1)!.time;
    if (this.#forming && this.#forming.time <= this.#newest) this.#forming = null;
  }

  #tellForming(candle: FeedCandle): void {
    this.#forming = candle;
    const { time, open, high, low, close } = candle;
    this.#listener.onForming({ time, open, high, low, close });
  }
}

function columns(candles: readonly FeedCandle[], stepSeconds: number): Bars {
  const bars = emptyBars(candles.length, stepSeconds);
  candles.forEach((candle, i) => BAR_COLUMNS.forEach((name) => (bars[name][i] = candle[name])));
  return bars;
}
