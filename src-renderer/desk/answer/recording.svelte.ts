import type { RecordedDecision } from '#contract/desk.ts';
import type { Client } from '#contract/transport.ts';
import type { Decision } from '#domain/risk/decision.ts';
import type { Desk } from '../desk.svelte.ts';
import type { Feed } from '../feed/feed.svelte.ts';
import type { Notices } from '../../lib/notices.svelte.ts';
import type { SettingsState } from '../../lib/settings.svelte.ts';

/** The sentence about a field that cannot be used, or null. */
export type InputErrors = Record<'equity' | 'threshold', string | null>;

/** Keeps the recommended size of the desk, where it may be kept. */
export class Recording {
  /** What is wrong with the fields that the decision stands on. */
  errors = $state<InputErrors>({ equity: null, threshold: null });
  busy = $state(false);
  /** The last record and the decision on screen that it keeps. */
  kept = $state.raw<{ decision: RecordedDecision; of: Decision } | null>(null);
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #desk: Desk;
  readonly #feed: Feed;
  readonly #settings: SettingsState;

  constructor(client: Client, notices: Notices, desk: Desk, feed: Feed, settings: SettingsState) {
    this.#client = client;
    this.#notices = notices;
    this.#desk = desk;
    this.#feed = feed;
    this.#settings = settings;
  }

  /** Why recording is off, or null. */
  readonly blocked = $derived.by(() => {
    if (this.#desk.isForOtherRules) return 'Off: the model assumes another exit.';
    if (this.#desk.curve === null) return 'Recording needs a model and enough candles.';
    if (this.errors.equity || this.errors.threshold) return 'Correct the field above to record.';
    return this.#feed.isStale ? 'Off until new bars arrive.' : null;
  });

  /** Keeps the recommended size, or that none was, whatever size is looked at. */
  async record(): Promise<void> {
    const { bar, decision } = this.#desk;
    // A second press keeps nothing twice.
    if (!bar || this.blocked !== null || this.busy || this.kept?.of === decision) return;
    const { direction, equity, rules, appetite, policy } = this.#settings.current;
    this.busy = true;
    const answer = await this.#client.call('decisions.record', {
      series: bar.series.name,
      timeframe: bar.series.timeframe === bar.storedAs ? null : bar.series.timeframe,
      bar: bar.bar,
      direction,
      equity,
      rules,
      appetite,
      policy,
    });
    this.busy = false;
    if (answer.ok) this.kept = { decision: answer.value, of: decision };
    else this.#notices.show(answer.fault);
  }
}
