import { staleAnswer, type Answer } from '#domain/answer/answer.ts';
import { hoursOf } from '#domain/instrument.ts';
import { staleness, type Staleness } from '#domain/answer/staleness.ts';
import type { DeskBar } from '#contract/desk.ts';
import type { Fault } from '#contract/errors.ts';
import type { FeedChoice, FeedState, FormingBar, KeptToken } from '#contract/feeds.ts';
import type { Answer as CallAnswer, Client } from '#contract/transport.ts';
import type { UtcSeconds } from '#domain/units.ts';
import type { Desk } from '../desk.svelte.ts';
import type { Notices } from '../../lib/notices.svelte.ts';

export type FileChoice = FeedChoice & { kind: 'file' };
export type LiveChoice = Exclude<FeedChoice, FileChoice>;

const TICK_MS = 5_000;
const clock = () => Math.floor(Date.now() / 1000) as UtcSeconds;

/** The feed that may be on, and whether the bar on the desk is its newest and current. */
export class Feed {
  state = $state.raw<FeedState | null>(null);
  /** What was followed last in this session. */
  lastFile = $state.raw<FileChoice | null>(null);
  lastLive = $state.raw<LiveChoice | null>(null);
  /** The kind of feed that a dialog asks for; null for none. */
  asking = $state<'file' | 'live' | null>(null);
  now = $state(clock());
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #desk: Desk;

  readonly isOn = $derived(this.state !== null && this.state.status !== 'off');
  /** How current the bar on the desk is; null where it is not the newest of a feed. */
  readonly staleness = $derived.by((): Staleness | null => {
    const { bar, atNewest } = this.#desk;
    if (!this.isOn || !bar || !atNewest || bar.series.name !== this.state!.series) return null;
    const { closedAt, time, series } = bar;
    return staleness(closedAt, closedAt - time, this.now, hoursOf(series.symbol));
  });
  readonly isStale = $derived(this.staleness?.kind === 'stale');

  constructor(client: Client, notices: Notices, desk: Desk) {
    this.#client = client;
    this.#notices = notices;
    this.#desk = desk;
    client.on('feed.changed', (state) => this.#onChange(state));
    setInterval(() => (this.now = clock()), TICK_MS);
  }

  #onChange(state: FeedState): void {
    const isNews = state.differing !== null && state.differing !== this.state?.differing;
    this.state = state;
    if (!isNews) return;
    const text = `${state.differing} The stored bar stays; newer bars go on. To take the file's, follow it under another name.`;
    this.#notices.tell({ text });
  }

  async load(): Promise<void> {
    this.state = this.#valueOf(await this.#client.call('feeds.read', {}));
  }

  /** Turns it on and shows its newest bar; what stands in the way comes back. */
  async start(choice: FeedChoice): Promise<Fault | null> {
    const answer = await this.#client.call('feeds.start', choice);
    if (!answer.ok) return answer.fault;
    this.state = answer.value;
    if (choice.kind === 'file') this.lastFile = choice;
    else this.lastLive = choice;
    this.now = clock();
    if (answer.value.series) await this.#desk.open(answer.value.series, null);
    return null;
  }

  async stop(): Promise<void> {
    this.state = this.#valueOf(await this.#client.call('feeds.stop', {})) ?? this.state;
  }

  /** Whether the OANDA token is kept; null where that is not known. */
  async token(): Promise<KeptToken | null> {
    return this.#valueOf(await this.#client.call('feeds.token', {}));
  }

  /** Keeps a token, or forgets it (null). */
  async keepToken(token: string | null): Promise<KeptToken | null> {
    return this.#valueOf(await this.#client.call('feeds.keepToken', { token }));
  }

  #valueOf<Value>(answer: CallAnswer<Value>): Value | null {
    if (answer.ok) return answer.value;
    this.#notices.show(answer.fault);
    return null;
  }

  async reconnect(): Promise<void> {
    this.state = this.#valueOf(await this.#client.call('feeds.reconnect', {})) ?? this.state;
  }

  /** The bar that forms after this one, where this one is the newest of what is followed. */
  formingOf({ series, closedAt }: DeskBar): FormingBar | null {
    const { state } = this;
    const isOwn =
      this.isOn && state?.series === series.name && state.timeframe === series.timeframe;
    return isOwn && state.forming && state.forming.time >= closedAt ? state.forming : null;
  }

  /** The answer of the desk, or that it is not current. */
  dated(answer: Answer): Answer {
    const { staleness: found } = this;
    const { bar } = this.#desk;
    return found?.kind === 'stale' && bar
      ? staleAnswer(answer, bar.series.timeframe, found)
      : answer;
  }
}
