import type { CallRequest } from '#contract/calls.ts';
import type { RecordedDecision } from '#contract/desk.ts';
import type { Client } from '#contract/transport.ts';
import type { Notices } from './notices.svelte.ts';

/** What was recorded, newest first. */
export class Decisions {
  list = $state.raw<readonly RecordedDecision[]>([]);
  readonly #client: Client;
  readonly #notices: Notices;

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
    client.on('decisions.changed', () => void this.load());
  }

  async load(): Promise<void> {
    const answer = await this.#client.call('decisions.list', {});
    if (answer.ok) this.list = answer.value;
    else this.#notices.show(answer.fault);
  }

  /** Records; null where that failed, which a notice then says. */
  async record(input: CallRequest<'decisions.record'>): Promise<RecordedDecision | null> {
    const answer = await this.#client.call('decisions.record', input);
    if (answer.ok) return answer.value;
    this.#notices.show(answer.fault);
    return null;
  }
}
