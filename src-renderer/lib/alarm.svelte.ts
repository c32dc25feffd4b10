import type { AlarmState } from '#contract/journal.ts';
import type { Answer, Client } from '#contract/transport.ts';
import type { Notices } from './notices.svelte.ts';

/** Whether recorded decisions are liquidated no more often than promised. */
export class Alarm {
  /** Null before it is read. */
  state = $state.raw<AlarmState | null>(null);
  readonly #client: Client;
  readonly #notices: Notices;

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
    const again = () => void this.load();
    client.on('journal.changed', again);
    client.on('decisions.changed', again);
    client.on('series.changed', again);
    client.on('series.grew', again);
    client.on('models.changed', again);
  }

  async load(): Promise<void> {
    this.#keep(await this.#client.call('journal.alarm', {}));
  }

  /** The trader has acted on it. */
  async watchAnew(): Promise<void> {
    this.#keep(await this.#client.call('journal.watchAnew', {}));
  }

  #keep(answer: Answer<AlarmState>): void {
    if (answer.ok) this.state = answer.value;
    else this.#notices.show(answer.fault);
  }
}
