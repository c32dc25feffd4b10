import { createHash } from 'node:crypto';
import { CodedError } from '../../contract/errors.ts';
import { BAR_COLUMNS, type Bars } from '../../domain/bars/bars.ts';
import { gapsIn } from '../../domain/bars/gaps.ts';
import { hoursOf } from '../../domain/instrument.ts';
import { BinanceKlines } from '../../market/feeds/binance.ts';
import { LiveFeed } from '../../market/feeds/live-feed.ts';
import { OandaPrices } from '../../market/feeds/oanda.ts';
import { ServiceRefusal, type BarService } from '../../market/feeds/bar-service.ts';
import { TIMEFRAMES, type SeriesInfo } from '../../contract/series.ts';
import type { Publish } from '../../contract/events.ts';
import { FEED_OFF, type FeedChoice, type FeedState } from '../../contract/feeds.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { Feed, FeedListener, Standing } from '../../market/feeds/feed.ts';
import type { BarsSource } from '../../store/series.ts';
import type { Store } from '../../store/store.ts';
import { FileFeed } from './file-feed.ts';
import type { FeedHosts } from './feed-hosts.ts';
import type { FeedToken } from './feed-token.ts';
import type { SeriesCache } from '../series/series-cache.ts';

type LiveChoice = Exclude<FeedChoice, { kind: 'file' }>;

/** Windows hear of a feed at most this often. */
const TELL_EVERY_MS = 250;

interface Surroundings {
  readonly store: Store;
  readonly series: SeriesCache;
  readonly token: FeedToken;
  readonly hosts: FeedHosts;
  readonly publish: Publish;
  readonly now: () => UtcSeconds;
}

/** The one feed that may be on, and the series that it fills. Nothing is on before it is turned on. */
export class FeedDesk {
  readonly #around: Surroundings;
  #state = FEED_OFF;
  #feed: Feed | null = null;
  #telling: NodeJS.Timeout | null = null;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  read(): FeedState {
    return this.#state;
  }

  /** Throws `feed-refused`, `no-token`, `name-taken`, and what an import of a file throws. */
  async start(choice: FeedChoice): Promise<FeedState> {
    this.stop();
    const feed = this.#open(choice);
    this.#feed = feed;
    this.#change({ ...FEED_OFF, choice, status: 'connecting' });
    try {
      await feed.start();
    } catch (error) {
      feed.stop();
      if (this.#feed === feed) this.stop();
      throw asRefused(error);
    }
    return this.#state;
  }

  stop(): FeedState {
    this.#feed?.stop();
    this.#feed = null;
    this.#change(FEED_OFF);
    return this.#state;
  }

  reconnect(): FeedState {
    this.#feed?.look();
    return this.#state;
  }

  close(): void {
    this.#feed?.stop();
    if (this.#telling) clearTimeout(this.#telling);
  }

  #open(choice: FeedChoice): Feed {
    const { store } = this.#around;
    let source: BarsSource | null = null;
    // What a feed that was turned off still says is not heard.
    const listener: FeedListener = {
      onClosed: (bars) => this.#feed === feed && this.#add(source!, bars),
      onForming: (forming) => this.#feed === feed && this.#change({ ...this.#state, forming }),
      onDiffering: (differing) =>
        this.#feed === feed &&
        differing !== this.#state.differing &&
        this.#change({ ...this.#state, differing }),
      onStanding: (standing) => this.#feed === feed && this.#stand(standing),
      onMalformed: () =>
        this.#feed === feed &&
        this.#change({ ...this.#state, malformed: this.#state.malformed + 1 }),
    };
    const feed: Feed =
      choice.kind === 'file'
        ? new FileFeed(store.folder, choice, listener, (series) => {
            source = sourceOf(series);
            if (this.#feed === feed) this.#take(series);
          })
        : this.#openLive(choice, (source = liveSource(choice)), listener);
    return feed;
  }

  #openLive(choice: LiveChoice, { name }: BarsSource, listener: FeedListener): Feed {
    const { store, now } = this.#around;
    const stored = store.series.list().find((series) => series.name === name);
    return new LiveFeed(this.#service(choice), stored?.to ?? null, listener, now);
  }

  #service(choice: LiveChoice): BarService {
    const { hosts, token, now } = this.#around;
    if (choice.kind === 'binance') {
      const market = choice.symbol === 'XAUUSDT' ? hosts.binanceFutures : hosts.binanceSpot;
      return new BinanceKlines(market, choice.symbol, choice.timeframe, now);
    }
    const account = { id: choice.account, token: token.read() };
    return new OandaPrices(hosts.oanda[choice.environment], account, 'XAU_USD', choice.timeframe);
  }

  /** The series that the bars go to. */
  #take(series: SeriesInfo): void {
    this.#around.series.forget();
    this.#around.publish('series.changed', { name: series.name });
    const { name, timeframe } = series;
    this.#change({ ...this.#state, series: name, timeframe, lastClosedAt: closeOf(series) });
  }

  #add(source: BarsSource, bars: Bars): void {
    const { store, series, publish } = this.#around;
    const before = store.series.list().find(({ name }) => name === source.name);
    const sourceSha256 = checksum(bars);
    const grown = store.series.add({ ...source, sourceSha256 }, bars).series;
    if (!before || this.#state.series === null) this.#take(grown);
    const opened = before ? [before.to, ...bars.time] : [...bars.time];
    const hours = hoursOf(source.symbol);
    const gaps = gapsIn(opened, 0, opened.length - 1, bars.stepSeconds, hours);
    const gap = gaps.at(-1) ?? this.#state.gap;
    series.forget();
    this.#change({ ...this.#state, lastClosedAt: closeOf(grown), gap });
    publish('series.grew', { name: source.name });
  }

  #stand(standing: Standing): void {
    const isLive = standing.status === 'live';
    if (isLive && this.#state.status === 'live') return;
    const nextTry = isLive ? null : standing.nextTryAt;
    this.#change({
      ...this.#state,
      status: standing.status,
      trouble: isLive ? null : standing.trouble,
      attempt: isLive ? 0 : this.#state.attempt + 1,
      nextTryAt: nextTry === null ? null : (Math.ceil(nextTry / 1000) as UtcSeconds),
    });
  }

  #change(state: FeedState): void {
    this.#state = state;
    this.#telling ??= setTimeout(() => {
      this.#telling = null;
      this.#around.publish('feed.changed', this.#state);
    }, TELL_EVERY_MS);
    this.#telling.unref();
  }
}

const closeOf = ({ to, timeframe }: SeriesInfo) => (to + TIMEFRAMES[timeframe] * 60) as UtcSeconds;

function sourceOf({ name, symbol, timeframe, clock, synthetic }: SeriesInfo): BarsSource {
  return { name, symbol, timeframe, clock, synthetic, sourceName: 'feed', sourceSha256: '' };
}

/** Series of a service: named by where its bars come from, so that no two are mixed up. */
function liveSource(choice: LiveChoice): BarsSource {
  const { timeframe } = choice;
  const [symbol, from] =
    choice.kind === 'binance'
      ? [choice.symbol, 'Binance']
      : ['XAU_USD', choice.environment === 'practice' ? 'OANDA practice' : 'OANDA'];
  const name = `${symbol} ${timeframe} ${from}`;
  return {
    name,
    symbol,
    timeframe,
    clock: 'utc',
    synthetic: false,
    sourceName: from,
    sourceSha256: '',
  };
}

/** Of the numbers: a feed has no file. */
function checksum(bars: Bars): string {
  const hash = createHash('sha256');
  for (const column of BAR_COLUMNS) {
    const { buffer, byteOffset, byteLength } = bars[column];
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}

/** What stood in the way, as the trader is told. */
function asRefused(error: unknown): unknown {
  if (error instanceof CodedError) return error;
  const { message } = error as Error;
  const next =
    error instanceof ServiceRefusal ? error.next : 'Check the connection, then turn it on again.';
  return new CodedError('feed-refused', { problem: message, next });
}
