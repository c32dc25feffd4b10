import type { BarColumns } from '#contract/schemas.ts';
import type { Client } from '#contract/transport.ts';
import type { Notices } from './notices.svelte.ts';

/** Bars loaded behind the decision bar at first. */
const FIRST_PAGE = 1_500;
/** Bars that must stand behind it: a view of the chart and the slowest average before that. */
const LEAST_BEHIND = 500;
const NEXT_PAGE = 5_000;
/** A jump forward across more bars than this starts a new block instead of loading all between. */
const LONGEST_BRIDGE = 20_000;

const COLUMNS = ['time', 'open', 'high', 'low', 'close'] as const;

/** One unbroken block of a series' bars, growing at both ends as the chart needs them. */
export class Candles {
  columns = $state.raw<BarColumns | null>(null);
  #series: string | null = null;
  #loadingOlder = false;
  readonly #client: Client;
  readonly #notices: Notices;

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
  }

  /** Has bar `bar` and enough before it. The block is replaced where the series is another one. */
  async reach(series: string, bar: number): Promise<void> {
    const held = this.#series === series ? this.columns : null;
    const first = Math.max(0, bar + 1 - FIRST_PAGE);
    const end = held ? held.first + held.time.length : 0;
    const isBehind = held && held.first <= Math.max(0, bar + 1 - LEAST_BEHIND);
    if (isBehind && bar < end) return;
    // A jump that leaves a long way between starts a new block.
    const isNear = held && first <= end && bar + 1 >= held.first - FIRST_PAGE;
    if (held && (isNear || (isBehind && bar - end < LONGEST_BRIDGE))) {
      if (bar >= end) await this.#load(series, end, bar + 1 - end);
      if (first < held.first) await this.#load(series, first, held.first - first);
      return;
    }
    await this.#load(series, first, bar + 1 - first, true);
  }

  /** One page of bars before the block. */
  async older(): Promise<void> {
    const held = this.columns;
    if (!held || held.first === 0 || this.#loadingOlder || !this.#series) return;
    this.#loadingOlder = true;
    const first = Math.max(0, held.first - NEXT_PAGE);
    await this.#load(this.#series, first, held.first - first);
    this.#loadingOlder = false;
  }

  /** Forgets what is held of a series whose bars have changed. */
  forget(series: string): void {
    if (this.#series === series) this.#series = null;
  }

  async #load(series: string, first: number, length: number, anew = false): Promise<void> {
    const answer = await this.#client.call('series.bars', { series, first, count: length });
    if (!answer.ok) return this.#notices.show(answer.fault);
    if (anew) {
      this.#series = series;
      this.columns = answer.value;
    } else if (this.#series === series && this.columns) {
      this.columns = joined(this.columns, answer.value);
    }
  }
}

/** Two blocks that touch, as one. Where they do not (one was replaced meanwhile), the first stays. */
function joined(held: BarColumns, page: BarColumns): BarColumns {
  const [before, after] = page.first < held.first ? [page, held] : [held, page];
  if (before.first + before.time.length !== after.first) return held;
  const block: BarColumns = { ...before };
  for (const column of COLUMNS) block[column] = before[column].concat(after[column]);
  return block;
}
