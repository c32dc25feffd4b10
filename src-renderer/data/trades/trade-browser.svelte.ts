import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { DatasetTrade, DatasetTradeView } from '#contract/datasets.ts';
import type { Client } from '#contract/transport.ts';
import type { SizeClass } from '#domain/size-class.ts';
import type { SizeIndex } from '#domain/units.ts';
import type { Notices } from '../../lib/notices.svelte.ts';

/** Rows that are asked for at once. */
export const PAGE_ROWS = 150;
/** Pages that are held: those nearest to the view. */
const PAGES_HELD = 8;

/** The trades of one dataset, of which only the pages around the view are held. */
export class TradeBrowser {
  readonly dataset: string;
  sizeClass = $state<SizeClass | null>(null);
  /** Trades of the class that is looked at; null before the first page is there. */
  total = $state<number | null>(null);
  /** Place of the chosen trade in the table. */
  selected = $state(0);
  /** The chosen trade with its candles and outcomes; null while it is read. */
  view = $state.raw<DatasetTradeView | null>(null);
  /** The size whose outcome is shown on the candles. */
  size = $state.raw<SizeIndex>(1 as SizeIndex);
  /** Pages by number. */
  readonly #pages = new SvelteMap<number, readonly DatasetTrade[]>();
  readonly #asked = new SvelteSet<number>();
  /** Grows with every change of class, so that a late page of another class is dropped. */
  #generation = 0;
  /** Row of the chosen trade in the dataset. */
  #chosen: number | null = null;
  #reading = false;
  readonly #client: Client;
  readonly #notices: Notices;

  constructor(client: Client, notices: Notices, dataset: string) {
    this.#client = client;
    this.#notices = notices;
    this.dataset = dataset;
  }

  /** The trade at a place of the table, where its page is held. */
  rowAt(place: number): DatasetTrade | undefined {
    return this.#pages.get(Math.floor(place / PAGE_ROWS))?.[place % PAGE_ROWS];
  }

  /** Has the pages of places [from, to) read. */
  show(from: number, to: number): void {
    const last = Math.floor(Math.max(from, to - 1) / PAGE_ROWS);
    for (let page = Math.floor(from / PAGE_ROWS); page <= last; page++) void this.#load(page);
  }

  /** Looks at the trades of one class, or of all. */
  async filter(sizeClass: SizeClass | null): Promise<void> {
    this.#generation++;
    this.#pages.clear();
    this.#asked.clear();
    this.sizeClass = sizeClass;
    this.total = null;
    this.selected = 0;
    this.view = null;
    this.#chosen = null;
    await this.#load(0);
  }

  /** Chooses the trade at a place, cut to the table, and reads its candles. */
  select(place: number): void {
    this.selected = Math.max(0, Math.min((this.total ?? 1) - 1, place));
    const trade = this.rowAt(this.selected);
    if (trade) this.#choose(trade);
    else void this.#load(Math.floor(this.selected / PAGE_ROWS));
  }

  async #load(page: number): Promise<void> {
    if (this.#pages.has(page) || this.#asked.has(page)) return;
    const generation = this.#generation;
    this.#asked.add(page);
    const answer = await this.#client.call('datasets.trades', {
      name: this.dataset,
      first: page * PAGE_ROWS,
      count: PAGE_ROWS,
      sizeClass: this.sizeClass,
    });
    if (generation !== this.#generation) return;
    this.#asked.delete(page);
    if (!answer.ok) {
      this.total ??= 0;
      return this.#notices.show(answer.fault);
    }
    this.total = answer.value.total;
    this.#pages.set(page, answer.value.trades);
    const byDistance = [...this.#pages.keys()].sort(
      (a, b) => Math.abs(a - page) - Math.abs(b - page),
    );
    for (const far of byDistance.slice(PAGES_HELD)) this.#pages.delete(far);
    const chosen = this.rowAt(this.selected);
    if (chosen) this.#choose(chosen);
  }

  /** Reads the chosen trade; while one is being read the last choice waits. */
  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    let read: number | null = null;
    while (this.#chosen !== null && this.#chosen !== read) {
      read = this.#chosen;
      const wish = { name: this.dataset, row: read };
      const answer = await this.#client.call('datasets.trade', wish);
      if (read !== this.#chosen) continue;
      if (answer.ok) {
        this.view = answer.value;
        this.size = answer.value.trade.best;
      } else {
        this.view = null;
        this.#notices.show(answer.fault);
      }
    }
    this.#reading = false;
  }

  #choose({ row }: DatasetTrade): void {
    if (row === this.#chosen) return;
    this.#chosen = row;
    void this.#read();
  }
}
