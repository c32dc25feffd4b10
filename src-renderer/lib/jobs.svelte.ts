import { SvelteSet } from 'svelte/reactivity';
import type { JobInfo } from '#contract/jobs.ts';
import type { Client } from '#contract/transport.ts';
import type { Notices } from './notices.svelte.ts';

/** Work that shows its progress in a place of its own. */
const WITH_OWN_PLACE = new Set(['import-candles', 'train-model']);

const OPEN = new Set<JobInfo['state']>(['waiting', 'running', 'interrupted']);

/** Long work: what waits, what runs, what was cut off, and what failed while this window was open. */
export class Jobs {
  /** Jobs whose cancelling was asked for and is not done yet. */
  readonly cancelling = new SvelteSet<number>();
  #all = $state.raw<readonly JobInfo[]>([]);
  /** Failures that the trader has not put away. */
  readonly #failed = new SvelteSet<number>();
  readonly #client: Client;
  readonly #notices: Notices;

  readonly shown = $derived(
    this.#all.filter(
      ({ id, kind, state }) =>
        !WITH_OWN_PLACE.has(kind) && (OPEN.has(state) || this.#failed.has(id)),
    ),
  );
  readonly running = $derived(this.shown.filter(({ state }) => state === 'running'));

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
    client.on('jobs.changed', (job) => this.#onChange(job));
  }

  async load(): Promise<void> {
    const answer = await this.#client.call('jobs.list', {});
    if (answer.ok) this.#all = answer.value;
    else this.#notices.show(answer.fault);
  }

  find(id: number): JobInfo | undefined {
    return this.#all.find((job) => job.id === id);
  }

  async cancel(id: number): Promise<void> {
    this.cancelling.add(id);
    const answer = await this.#client.call('jobs.cancel', { id });
    if (answer.ok) return;
    this.#notices.show(answer.fault);
    this.cancelling.delete(id);
    await this.load();
  }

  async resume(id: number): Promise<void> {
    const answer = await this.#client.call('jobs.resume', { id });
    if (answer.ok) this.#keep(answer.value);
    else this.#notices.show(answer.fault);
  }

  async discard(id: number): Promise<void> {
    const answer = await this.#client.call('jobs.discard', { id });
    if (!answer.ok) this.#notices.show(answer.fault);
    await this.load();
  }

  /** Puts a failure away. */
  dismiss(id: number): void {
    this.#failed.delete(id);
  }

  /** Work that this window started. */
  begun(job: JobInfo): void {
    this.#keep(job);
  }

  #onChange(job: JobInfo): void {
    if (job.state !== 'running') this.cancelling.delete(job.id);
    if (job.state === 'failed') this.#failed.add(job.id);
    const wasRunning = this.running.some(({ id }) => id === job.id);
    if (job.state === 'done' && wasRunning) this.#notices.tell({ text: `Done: ${job.title}.` });
    this.#keep(job);
  }

  #keep(job: JobInfo): void {
    const isKnown = this.#all.some(({ id }) => id === job.id);
    this.#all = isKnown
      ? this.#all.map((one) => (one.id === job.id ? job : one))
      : [job, ...this.#all];
  }
}
