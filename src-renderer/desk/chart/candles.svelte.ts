import type { BarColumns, Timeframe } from '#contract/series.ts';
import type { Client } from '#contract/transport.ts';
import type { Notices } from '../../lib/notices.svelte.ts';

/** Bars loaded behind the decision bar at first. */
const FIRST_PAGE = 1_500;
/** Bars that must stand behind it: a view of the chart and the slowest average before that. */
const LEAST_BEHIND = 500;
const NEXT_PAGE = 5_000;
/** A jump forward across more bars than this starts a new block instead of loading all between. */
const LONGEST_BRIDGE = 4_000;
/** Bars held at most, and what is kept of them when the block is cut: not bar by bar. */
export const MOST_HELD = 25_000;
const KEPT_WHEN_CUT = MOST_HELD - NEXT_PAGE;
/** Bars that the decision moves on by while the trader looks at older ones, without taking him along. */
const FOLLOWS_ON = 100;

const COLUMNS = ['time', 'open', 'high', 'low', 'close'] as const;

/** A series in one step. */
export interface SteppedSeries {
  readonly series: string;
  readonly timeframe: Timeframe;
}

/**
 * One unbroken block of a series' bars around what the chart shows: it grows at the end that the view
 * comes near and is cut at the other, so that a million bars take no more room than a few thousand.
 */
export class Candles {
  columns = $state.raw<BarColumns | null>(null);
  #of: SteppedSeries | null = null;
  /** The decision bar: no later one is ever read. */
  #now = -1;
  #loadingPage = false;
  readonly #client: Client;
  readonly #notices: Notices;

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
  }

  /** Has bar `bar` and enough before it. The block is replaced where the series is another one. */
  async reach(of: SteppedSeries, bar: number): Promise<void> {
    const held = this.#holds(of) ? this.columns : null;
    const before = this.#now;
    this.#now = bar;
    const first = Math.max(0, bar + 1 - FIRST_PAGE);
    const end = held ? held.first + held.time.length : 0;
    const looksElsewhere = held && end <= before;
    if (looksElsewhere && bar > before && bar - before <= FOLLOWS_ON) return;
    const isBehind = held && held.first <= Math.max(0, bar + 1 - LEAST_BEHIND);
    if (isBehind && bar < end) return;
    // A jump that leaves a long way between starts a new block.
    const isNear = held && first <= end && bar + 1 >= held.first - FIRST_PAGE;
    if (held && (isNear || (isBehind && bar - end < LONGEST_BRIDGE))) {
      if (bar >= end) await this.#load(of, end, bar + 1 - end);
      if (first < held.first) await this.#load(of, first, held.first - first);
      return;
    }
    await this.#load(of, first, bar + 1 - first, true);
  }

  /** One page of bars before the block. */
  older = () =>
    this.#page(({ first }) => {
      const from = Math.max(0, first - NEXT_PAGE);
      return [from, first - from];
    });

  /** One page after the block, up to the decision bar. */
  newer = () =>
    this.#page(({ first, time }) => {
      const end = first + time.length;
      return [end, Math.min(NEXT_PAGE, this.#now + 1 - end)];
    });

  /** Forgets what is held of a series whose bars have changed. */
  forget(series: string): void {
    if (this.#of?.series === series) this.#of = null;
  }

  #holds = ({ series, timeframe }: SteppedSeries) =>
    this.#of?.series === series && this.#of.timeframe === timeframe;

  async #page(place: (held: BarColumns) => readonly [number, number]): Promise<void> {
    if (!this.columns || !this.#of || this.#loadingPage) return;
    const [first, length] = place(this.columns);
    if (length <= 0) return;
    this.#loadingPage = true;
    await this.#load(this.#of, first, length);
    this.#loadingPage = false;
  }

  async #load(of: SteppedSeries, first: number, length: number, anew = false): Promise<void> {
    const answer = await this.#client.call('series.bars', { ...of, first, count: length });
    if (!answer.ok) return this.#notices.show(answer.fault);
    if (anew) {
      this.#of = of;
      this.columns = answer.value;
    } else if (this.#holds(of) && this.columns) {
      this.columns = joined(this.columns, answer.value);
    }
  }
}

/**
 * Two blocks that touch, as one, cut at the end that did not grow. Where they do not touch (one was
 * replaced meanwhile), the first stays.
 */
function joined(held: BarColumns, page: BarColumns): BarColumns {
  const growsBack = page.first < held.first;
  const [before, after] = growsBack ? [page, held] : [held, page];
  if (before.first + before.time.length !== after.first) return held;
  const length = before.time.length + after.time.length;
  const excess = length > MOST_HELD ? length - KEPT_WHEN_CUT : 0;
  const from = growsBack ? 0 : excess;
  const block: BarColumns = { ...before, first: before.first + from };
  for (const column of COLUMNS) {
    const whole = before[column].concat(after[column]);
    block[column] = excess === 0 ? whole : whole.slice(from, from + length - excess);
  }
  return block;
}
