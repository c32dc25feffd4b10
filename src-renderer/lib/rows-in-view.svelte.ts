const ROW = 26;
/** Browsers cut off blocks that are much taller; a longer table moves by more rows a pixel. */
const TALLEST = 8_000_000;

/**
 * Which rows of a table of any length are in view: only those exist. The table stays where it is while
 * an empty block of its height scrolls behind it, and shows the rows that the place of the scroll means.
 */
export class RowsInView {
  /** Of the scroller, px. */
  height = $state(0);
  scrolled = $state(0);
  readonly #total: () => number;
  readonly inView = $derived(Math.max(1, Math.floor(this.height / ROW) - 1));
  readonly blockHeight = $derived.by(() => Math.min(TALLEST, (this.#total() + 1) * ROW));
  readonly first = $derived.by(() => {
    const way = this.blockHeight - this.height;
    const last = Math.max(0, this.#total() - this.inView);
    return way > 0 ? Math.min(last, Math.round((this.scrolled / way) * last)) : 0;
  });
  /** One after the last row in view. */
  readonly end = $derived.by(() => Math.min(this.#total(), this.first + this.inView));
  readonly places = $derived.by(() =>
    Array.from({ length: Math.max(0, this.end - this.first) }, (_, i) => this.first + i),
  );

  constructor(total: () => number) {
    this.#total = total;
  }

  /** Where to scroll to, as little as it takes to have a place in view; null where it is. */
  scrollTo(place: number): number | null {
    const { first, inView } = this;
    const top = Math.min(place, Math.max(first, place - inView + 1));
    if (top === first) return null;
    return (top / Math.max(1, this.#total() - inView)) * (this.blockHeight - this.height);
  }
}
