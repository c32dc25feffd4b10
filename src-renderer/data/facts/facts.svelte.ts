import { SvelteMap } from 'svelte/reactivity';
import type { Fault } from '#contract/errors.ts';
import type { MarketFacts } from '#contract/datasets.ts';
import type { Client } from '#contract/transport.ts';
import type { Catalogue } from '../../lib/catalogue.svelte.ts';

/** Facts of a real series beside those of the generators. Measured on request, kept by series. */
export class Facts {
  /** The series beside; null: the one that the market was fitted to. */
  series = $state<string | null>(null);
  shown = $state.raw<readonly MarketFacts[] | null>(null);
  /** Why there are none. */
  fault = $state.raw<Fault | null>(null);
  readonly #client: Client;
  readonly #catalogue: Catalogue;
  readonly #held = new SvelteMap<string | null, readonly MarketFacts[]>();

  /** Series that can stand beside the synthetic market, which is hourly. */
  readonly choices = $derived.by(() =>
    this.#catalogue.series.filter(({ synthetic, timeframe }) => !synthetic && timeframe === 'H1'),
  );

  constructor(client: Client, catalogue: Catalogue) {
    this.#client = client;
    this.#catalogue = catalogue;
    client.on('series.changed', ({ name }) => {
      this.#held.delete(name);
      this.#held.delete(null);
    });
  }

  /** Shows the last series that was chosen, or `wanted` where it can be compared, or the first. */
  async open(wanted: string | undefined): Promise<void> {
    const names = this.choices.map(({ name }) => name);
    const kept = [this.series, wanted].find((name) => name && names.includes(name));
    await this.choose(kept ?? names[0] ?? null);
  }

  async choose(series: string | null): Promise<void> {
    this.series = series;
    this.fault = null;
    this.shown = this.#held.get(series) ?? null;
    if (this.shown) return;
    const answer = await this.#client.call('facts.read', { series });
    if (answer.ok) this.#held.set(series, answer.value);
    if (series !== this.series) return;
    if (answer.ok) this.shown = answer.value;
    else this.fault = answer.fault;
  }
}
