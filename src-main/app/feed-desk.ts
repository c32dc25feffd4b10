import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { CodedError, faultOf } from '../contract/errors.ts';
import { TIMEFRAMES, type ImportSettings, type SeriesInfo } from '../contract/schemas.ts';
import { importCandles } from '../jobs/import-candles.ts';
import { firstOpeningAfter, sliceBars, type Bars } from '../domain/bars.ts';
import { gapsIn } from '../domain/gaps.ts';
import { readCandles } from '../market/read-candles.ts';
import { WatchedFile, withoutNewest } from '../market/feeds/watched-file.ts';
import type { FeedChoice, FeedState } from '../contract/feeds.ts';
import type { Publish } from '../contract/events.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { Store } from '../store/store.ts';
import { refusedImport } from './import-file.ts';
import type { SeriesCache } from './series-cache.ts';

const OFF: FeedState = {
  choice: null,
  series: null,
  timeframe: null,
  status: 'off',
  lastClosedAt: null,
  forming: null,
  gap: null,
  attempt: 0,
  nextTryAt: null,
  malformed: 0,
  trouble: null,
};

/** Windows hear of a feed at most this often. */
const TELL_EVERY_MS = 250;

/** The one feed that may be on, and the series that it fills. Nothing is on before it is turned on. */
export class FeedDesk {
  readonly #store: Store;
  readonly #series: SeriesCache;
  readonly #publish: Publish;
  #state = OFF;
  #file: WatchedFile | null = null;
  #telling: NodeJS.Timeout | null = null;

  constructor(store: Store, series: SeriesCache, publish: Publish) {
    this.#store = store;
    this.#series = series;
    this.#publish = publish;
  }

  read(): FeedState {
    return this.#state;
  }

  /** Throws `feed-refused`, and what an import of the file throws. */
  async start(choice: FeedChoice): Promise<FeedState> {
    if (!isAbsolute(choice.path) || !existsSync(choice.path)) {
      throw new CodedError('feed-refused', {
        problem: `there is no file ${choice.path}`,
        next: 'Give the whole path of the file, as the terminal writes it.',
      });
    }
    this.stop();
    this.#change({ ...OFF, choice, status: 'connecting' });
    const started = Promise.withResolvers<void>();
    const file: WatchedFile = new WatchedFile(choice.path, {
      onWhole: async (bytes) => {
        try {
          await this.#takeWhole(choice, bytes);
          started.resolve();
        } catch (error) {
          // A file that cannot be taken at all is not followed; one that went bad is waited for.
          if (this.#state.series === null) started.reject(error as Error);
          else throw new Error(faultOf(error).happened, { cause: error });
        }
      },
      onGrown: (bytes) => this.#takeGrown(choice, bytes),
      onTrouble: (problem) => {
        if (this.#file === file) this.#hear(problem);
      },
    });
    this.#file = file;
    void file.look();
    try {
      await started.promise;
    } catch (error) {
      if (this.#file === file) this.stop();
      throw error;
    }
    return this.#state;
  }

  stop(): FeedState {
    this.#file?.stop();
    this.#file = null;
    this.#change(OFF);
    return this.#state;
  }

  reconnect(): FeedState {
    void this.#file?.look();
    return this.#state;
  }

  close(): void {
    this.#file?.stop();
    if (this.#telling) clearTimeout(this.#telling);
  }

  /** Imports the file but for its newest bar, which still forms. */
  async #takeWhole(choice: FeedChoice, bytes: Uint8Array): Promise<void> {
    const { report, series } = await importCandles({
      folder: this.#store.folder,
      file: withoutNewest(bytes).slice(),
      fileName: basename(choice.path),
      settings: { symbol: choice.symbol, clock: choice.clock },
      commit: true,
    });
    if (!series) throw refusedImport(report);
    this.#series.forget();
    this.#publish('series.changed', { name: series.name });
    const { name, timeframe } = series;
    this.#change({ ...this.#state, series: name, timeframe, lastClosedAt: closeOf(series) });
    this.#takeGrown(choice, bytes.subarray(Math.max(0, bytes.length - 16_384)), bytes);
  }

  /** Adds the bars that have closed since; the newest one is the forming one. */
  #takeGrown(choice: FeedChoice, bytes: Uint8Array, whole?: Uint8Array): void {
    const series = this.#store.series.info(this.#state.series!);
    const read = readCandles(whole ? recentLines(whole, bytes) : bytes, basename(choice.path), {
      ...settingsOf(series),
    });
    const { bars } = read;
    if (!bars) {
      const { text } = read.report.problems[0]!;
      this.#change({ ...this.#state, malformed: this.#state.malformed + 1 });
      throw new Error(text);
    }
    const last = bars.time.length - 1;
    const fresh = sliceBars(bars, firstOpeningAfter(bars, series.to), last);
    if (fresh.time.length > 0) this.#add(series, fresh, bytes);
    const forming = {
      time: bars.time[last] as UtcSeconds,
      open: bars.open[last]!,
      high: bars.high[last]!,
      low: bars.low[last]!,
      close: bars.close[last]!,
    };
    this.#change({ ...this.#state, forming });
  }

  #add(series: SeriesInfo, bars: Bars, bytes: Uint8Array): void {
    const { name, symbol, timeframe, clock, synthetic } = series;
    const sourceSha256 = createHash('sha256').update(bytes).digest('hex');
    const source = { name, symbol, timeframe, clock, synthetic, sourceSha256, sourceName: 'feed' };
    const grown = this.#store.series.add(source, bars).series;
    this.#series.forget();
    const opened = [series.to, ...bars.time];
    const gap = gapsIn(opened, 0, bars.time.length, bars.stepSeconds).at(-1) ?? this.#state.gap;
    this.#change({ ...this.#state, lastClosedAt: closeOf(grown), gap });
    this.#publish('series.grew', { name });
  }

  #hear(problem: string | null): void {
    const status = problem === null ? 'live' : 'retrying';
    if (this.#state.status === status && this.#state.trouble === problem) return;
    if (this.#state.series === null && problem === null) return;
    const attempt = problem === null ? 0 : this.#state.attempt + 1;
    this.#change({ ...this.#state, status, trouble: problem, attempt });
  }

  #change(state: FeedState): void {
    this.#state = state;
    this.#telling ??= setTimeout(() => {
      this.#telling = null;
      this.#publish('feed.changed', this.#state);
    }, TELL_EVERY_MS);
    this.#telling.unref();
  }
}

const closeOf = ({ to, timeframe }: SeriesInfo) => (to + TIMEFRAMES[timeframe] * 60) as UtcSeconds;

const settingsOf = ({ name, symbol, timeframe, clock }: SeriesInfo): ImportSettings => ({
  name,
  symbol,
  timeframe,
  clock,
});

/** The header and the last lines of a file; a line that is cut in two is left out. */
function recentLines(whole: Uint8Array, end: Uint8Array): Uint8Array {
  if (end.length === whole.length) return whole;
  const header = whole.subarray(0, whole.indexOf(0x0a) + 1);
  return Buffer.concat([header, end.subarray(end.indexOf(0x0a) + 1)]);
}
