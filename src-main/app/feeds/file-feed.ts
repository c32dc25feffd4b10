import { existsSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { CodedError, faultOf } from '../../contract/errors.ts';
import { firstOpeningAfter, sliceBars } from '../../domain/bars/bars.ts';
import { importCandles } from '../series/candle-files.ts';
import { readCandles } from '../../market/read-candles.ts';
import { WatchedFile, withoutNewest } from '../../market/feeds/watched-file.ts';
import { isoTime } from '../../domain/time/time.ts';
import type { FeedChoice } from '../../contract/feeds.ts';
import type { SeriesInfo } from '../../contract/series.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { Feed, FeedListener } from '../../market/feeds/feed.ts';
import { refusedImport } from '../../contract/series.ts';

type FileChoice = FeedChoice & { kind: 'file' };

/** What was read again of a file that was taken whole: enough for the step of the bars to show. */
const TAIL_BYTES = 65_536;
/** Enough of a file to tell its format and order. */
const HEAD_BYTES = 65_536;

/**
 * Follows a candle file. It is taken in whole as an import, then by what was appended. Its newest bar
 * still forms until a later one follows it. A bar that has closed stays as it was first stored: where
 * the file is written anew with another one, that is told and the newer bars go on.
 */
export class FileFeed implements Feed {
  readonly #folder: string;
  readonly #choice: FileChoice;
  readonly #listener: FeedListener;
  readonly #onSeries: (series: SeriesInfo) => void;
  #file: WatchedFile | null = null;
  #series: SeriesInfo | null = null;

  /** `onSeries` hears of the series that the file was imported to, before any of its newer bars. */
  constructor(
    folder: string,
    choice: FileChoice,
    listener: FeedListener,
    onSeries: (series: SeriesInfo) => void,
  ) {
    this.#folder = folder;
    this.#choice = choice;
    this.#listener = listener;
    this.#onSeries = onSeries;
  }

  /** Throws `feed-refused`, and what an import of the file throws. */
  async start(): Promise<void> {
    const { path } = this.#choice;
    if (!isAbsolute(path) || !existsSync(path)) {
      throw new CodedError('feed-refused', {
        problem: `there is no file ${path}`,
        next: 'Give the whole path of the file, as the terminal writes it.',
      });
    }
    const started = Promise.withResolvers<void>();
    this.#file = new WatchedFile(path, {
      onWhole: async (bytes) => {
        try {
          this.#series = await this.#import(bytes);
          started.resolve();
        } catch (error) {
          // A file that cannot be taken at all is not followed; one that went bad is waited for.
          if (!this.#series) return started.reject(error as Error);
          throw new Error(faultOf(error).happened, { cause: error });
        }
        this.#takeGrown(recentLines(bytes));
      },
      onGrown: (bytes) => this.#takeGrown(bytes),
      onTrouble: (trouble) => {
        if (!this.#series) {
          if (trouble !== null) started.reject(unreadable(trouble));
          return;
        }
        this.#listener.onStanding(
          trouble === null ? { status: 'live' } : { status: 'retrying', trouble, nextTryAt: null },
        );
      },
    });
    void this.#file.look();
    await started.promise;
  }

  look(): void {
    void this.#file?.look();
  }

  stop(): void {
    this.#file?.stop();
  }

  /** Imports the file but for its newest bar; the series as it stands then. */
  async #import(bytes: Uint8Array): Promise<SeriesInfo> {
    const { path, symbol, clock, name } = this.#choice;
    const head = bytes.subarray(0, HEAD_BYTES);
    if (!readCandles(head, basename(path), { symbol, clock }).canGrow) throw cannotGrow();
    const job = {
      folder: this.#folder,
      file: withoutNewest(bytes).slice(),
      fileName: basename(path),
      settings: { symbol, clock, name },
      commit: true,
    };
    try {
      const { report, series } = await importCandles(job, { isListed: this.#series === null });
      if (!series) throw refusedImport(report);
      this.#listener.onDiffering(null);
      this.#onSeries(series);
      return series;
    } catch (error) {
      const isDiffering = error instanceof CodedError && error.code === 'bars-differ';
      if (!this.#series || !isDiffering) throw error;
      this.#listener.onDiffering(error.toFault().happened);
      return this.#series;
    }
  }

  /** Tells the bars that have closed since, and the newest one as forming. */
  #takeGrown(bytes: Uint8Array): void {
    const { name, symbol, timeframe, clock, to } = this.#series!;
    const settings = { name, symbol, timeframe, clock };
    const { bars, report } = readCandles(bytes, basename(this.#choice.path), settings);
    if (!bars) {
      this.#listener.onMalformed();
      throw new Error(report.problems[0]!.text);
    }
    const last = bars.time.length - 1;
    if (bars.time[last]! <= to) {
      this.#listener.onForming(null);
      if (bars.time[last] === to) return;
      const end = isoTime(bars.time[last]!);
      throw new Error(`the file ends at ${end}, before the newest bar that is stored`);
    }
    const fresh = sliceBars(bars, firstOpeningAfter(bars, to), last);
    if (fresh.time.length > 0) {
      this.#listener.onClosed(fresh);
      this.#series = { ...this.#series!, to: fresh.time.at(-1) as UtcSeconds };
    }
    this.#listener.onForming({
      time: bars.time[last] as UtcSeconds,
      open: bars.open[last]!,
      high: bars.high[last]!,
      low: bars.low[last]!,
      close: bars.close[last]!,
    });
  }
}

const cannotGrow = () =>
  new CodedError('feed-refused', {
    problem: 'lines appended to the file would not be its newest bars',
    next: 'Follow a file of text that has its oldest bar first, or import this one as it is.',
  });

const unreadable = (problem: string) =>
  new CodedError('feed-refused', { problem, next: 'Give the path of a candle file.' });

/** The header and the last lines of a file; a line that is cut in two is left out. */
function recentLines(whole: Uint8Array): Uint8Array {
  if (whole.length <= TAIL_BYTES) return whole;
  const header = whole.subarray(0, whole.indexOf(0x0a) + 1);
  const tail = whole.subarray(whole.length - TAIL_BYTES);
  return Buffer.concat([header, tail.subarray(tail.indexOf(0x0a) + 1)]);
}
