import { SvelteMap } from 'svelte/reactivity';
import type { Evaluation } from '#contract/evaluation.ts';
import type { TrainingRun } from '#contract/training.ts';
import type { Client } from '#contract/transport.ts';
import type { Catalogue } from '../lib/catalogue.svelte.ts';
import type { Datasets } from '../lib/datasets.svelte.ts';
import type { Jobs } from '../lib/jobs.svelte.ts';
import type { Models } from '../lib/models.svelte.ts';
import type { Notices } from '../lib/notices.svelte.ts';
import { TrainingForm } from './training-form.svelte.ts';

/** Training: the form of the next run, the run under way, and those before it. */
export class Training {
  readonly form: TrainingForm;
  /** Newest first. */
  runs = $state.raw<readonly TrainingRun[]>([]);
  starting = $state(false);
  #chosen = $state<number | null>(null);
  readonly #evaluations = new SvelteMap<number, Evaluation>();
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #jobs: Jobs;

  readonly running = $derived(this.runs.find(({ state }) => state === 'running') ?? null);
  /** The run that is looked at: the one chosen, or the newest. */
  readonly shown = $derived(
    this.runs.find(({ job }) => job === this.#chosen) ?? this.runs[0] ?? null,
  );
  /** Champion and challenger of the run that is looked at. */
  readonly evaluation = $derived(
    this.shown?.evaluation ? (this.#evaluations.get(this.shown.evaluation) ?? null) : null,
  );
  readonly cancelling = $derived.by(
    () => this.running !== null && this.#jobs.cancelling.has(this.running.job),
  );

  /** Why no run can be started, in a sentence; null where one can. */
  readonly hindrance = $derived.by((): string | null => {
    const { form } = this;
    if (this.running) return 'One run at a time: this one has to end first.';
    if (!form.dataset) return 'There is no dataset to train on.';
    if (!form.config) return 'The presets are not read yet.';
    if (!form.plan) return 'Correct the marked field first.';
    return null;
  });

  constructor(
    client: Client,
    notices: Notices,
    parts: { datasets: Datasets; models: Models; catalogue: Catalogue; jobs: Jobs },
  ) {
    this.#client = client;
    this.#notices = notices;
    this.#jobs = parts.jobs;
    this.form = new TrainingForm(parts.datasets, parts.models, parts.catalogue);
    client.on('training.changed', (run) => this.#onChange(run));
    client.on('jobs.changed', ({ id, state }) => {
      // A run whose worker died before it wrote anything changes its job alone.
      if (state !== 'running' && id === this.running?.job) void this.load();
    });
  }

  async load(): Promise<void> {
    const [presets, runs] = await Promise.all([
      this.#client.call('training.presets', {}),
      this.#client.call('training.list', {}),
    ]);
    if (presets.ok) this.form.presets = presets.value;
    else this.#notices.show(presets.fault);
    if (!runs.ok) return this.#notices.show(runs.fault);
    const isFirst = this.runs.length === 0;
    this.runs = runs.value;
    // What was cut off is what is likely wanted again.
    if (isFirst && this.runs[0] && !this.runs[0].model) this.form.adopt(this.runs[0].plan);
    await this.#readEvaluation();
  }

  choose(job: number): void {
    this.#chosen = job;
    void this.#readEvaluation();
  }

  async start(): Promise<void> {
    const { plan } = this.form;
    if (this.hindrance !== null || this.starting || !plan) return;
    this.starting = true;
    const answer = await this.#client.call('training.start', plan);
    this.starting = false;
    if (!answer.ok) return this.#notices.show(answer.fault);
    this.#chosen = null;
    this.#keep(answer.value);
  }

  /** The best epoch so far stays, as a model. */
  async cancel(): Promise<void> {
    if (this.running) await this.#jobs.cancel(this.running.job);
  }

  async resume(job: number): Promise<void> {
    await this.#jobs.resume(job);
    await this.load();
  }

  /** Forgets what an interrupted run had done. */
  async discard(job: number): Promise<void> {
    await this.#jobs.discard(job);
    await this.load();
  }

  #onChange(run: TrainingRun): void {
    const wasRunning = this.running?.job === run.job;
    this.#keep(run);
    void this.#readEvaluation();
    if (!wasRunning || run.state === 'running') return;
    this.#jobs.cancelling.delete(run.job);
    // What was asked for can be asked for again, under another name where one was used up.
    if (run.model) this.form.forgetName();
  }

  #keep(run: TrainingRun): void {
    const isKnown = this.runs.some(({ job }) => job === run.job);
    // The locked form shows what runs, whichever window asked for it.
    if (!isKnown && run.state === 'running') this.form.adopt(run.plan);
    this.runs = isKnown
      ? this.runs.map((one) => (one.job === run.job ? run : one))
      : [run, ...this.runs];
  }

  async #readEvaluation(): Promise<void> {
    const id = this.shown?.evaluation;
    if (!id || this.#evaluations.has(id)) return;
    const answer = await this.#client.call('court.read', { id });
    if (answer.ok) this.#evaluations.set(id, answer.value.result);
    else this.#notices.show(answer.fault);
  }
}
