import { staleAnswer, type Answer } from '#domain/answer.ts';
import { staleness, type Staleness } from '#domain/staleness.ts';
import type { Fault } from '#contract/errors.ts';
import type { FeedChoice, FeedState } from '#contract/feeds.ts';
import type { Client } from '#contract/transport.ts';
import type { UtcSeconds } from '#domain/units.ts';
import type { Desk } from './desk.svelte.ts';
import type { Notices } from './notices.svelte.ts';

const TICK_MS = 5_000;
const clock = () => Math.floor(Date.now() / 1000) as UtcSeconds;

/** The feed that may be on, and whether the bar on the desk is its newest and current. */
export class Feed {
  state = $state.raw<FeedState | null>(null);
  /** The file that was followed last in this session. */
  last = $state.raw<FeedChoice | null>(null);
  /** Whether a feed is being asked for. */
  asking = $state(false);
  now = $state(clock());
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #desk: Desk;

  readonly isOn = $derived(this.state !== null && this.state.status !== 'off');
  /** How current the bar on the desk is; null where it is not the newest of a feed. */
  readonly staleness = $derived.by((): Staleness | null => {
    const { bar, atNewest } = this.#desk;
    if (!this.isOn || !bar || !atNewest || bar.series.name !== this.state!.series) return null;
    return staleness(bar.closedAt, bar.closedAt - bar.time, this.now);
  });
  readonly isStale = $derived(this.staleness?.kind === 'stale');

  constructor(client: Client, notices: Notices, desk: Desk) {
    this.#client = client;
    this.#notices = notices;
    this.#desk = desk;
    client.on('feed.changed', (state) => (this.state = state));
    setInterval(() => (this.now = clock()), TICK_MS);
  }

  async load(): Promise<void> {
    const answer = await this.#client.call('feeds.read', {});
    if (answer.ok) this.state = answer.value;
    else this.#notices.show(answer.fault);
  }

  /** Turns it on and shows its newest bar; what stands in the way comes back. */
  async start(choice: FeedChoice): Promise<Fault | null> {
    const answer = await this.#client.call('feeds.start', choice);
    if (!answer.ok) return answer.fault;
    this.state = answer.value;
    this.last = choice;
    this.now = clock();
    if (answer.value.series) await this.#desk.open(answer.value.series, null);
    return null;
  }

  async stop(): Promise<void> {
    const answer = await this.#client.call('feeds.stop', {});
    if (answer.ok) this.state = answer.value;
    else this.#notices.show(answer.fault);
  }

  async reconnect(): Promise<void> {
    const answer = await this.#client.call('feeds.reconnect', {});
    if (answer.ok) this.state = answer.value;
    else this.#notices.show(answer.fault);
  }

  /** The answer of the desk, or that it is not current. */
  judged(answer: Answer): Answer {
    const { staleness: found } = this;
    const { bar } = this.#desk;
    return found?.kind === 'stale' && bar
      ? staleAnswer(answer, bar.series.timeframe, found)
      : answer;
  }
}
