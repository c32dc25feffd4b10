import type { SeriesInfo } from '#contract/series.ts';
import type { Client } from '#contract/transport.ts';
import type { Notices } from './notices.svelte.ts';

/** The series that are stored, oldest import first. */
export class Catalogue {
  series = $state.raw<readonly SeriesInfo[]>([]);
  readonly #client: Client;
  readonly #notices: Notices;

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
    client.on('series.changed', () => void this.load());
  }

  async load(): Promise<void> {
    const answer = await this.#client.call('series.list', {});
    if (answer.ok) this.series = answer.value;
    else this.#notices.show(answer.fault);
  }
}
