import type { Settings } from '#contract/settings.ts';
import type { Client } from '#contract/transport.ts';
import type { Notices } from './notices.svelte.ts';

const WRITE_AFTER_MS = 400;

/** What the trader has set. A change shows at once and is written when the hand rests. */
export class SettingsState {
  current: Settings;
  readonly #client: Client;
  readonly #notices: Notices;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #unwritten: Partial<Settings> = {};
  #writing = 0;

  constructor(client: Client, notices: Notices, stored: Settings) {
    this.#client = client;
    this.#notices = notices;
    this.current = $state.raw(stored);
    client.on('settings.changed', (settings) => this.#onChange(settings));
  }

  change(patch: Partial<Settings>): void {
    this.current = { ...this.current, ...patch };
    this.#unwritten = { ...this.#unwritten, ...patch };
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.write(), WRITE_AFTER_MS);
  }

  /** Writes what is not written yet, now. */
  async write(): Promise<void> {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    const patch = this.#unwritten;
    this.#unwritten = {};
    this.#writing++;
    const answer = await this.#client.call('settings.write', patch);
    this.#writing--;
    if (!answer.ok) this.#notices.show(answer.fault);
  }

  /** Another window's change; the echo of this one's own is already on screen. */
  #onChange(settings: Settings): void {
    const busy = this.#timer !== null || this.#writing > 0;
    if (busy || JSON.stringify(settings) === JSON.stringify(this.current)) return;
    this.current = settings;
  }
}
