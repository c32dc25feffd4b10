import type { EvaluationInfo, JudgedModel, StoredEvaluation } from '#contract/evaluation.ts';
import type { Client } from '#contract/transport.ts';
import { DEFAULT_APPETITE } from '#domain/risk/decision.ts';
import type { Catalogue } from '../lib/catalogue.svelte.ts';
import type { Jobs } from '../lib/jobs.svelte.ts';
import type { Models } from '../lib/models.svelte.ts';
import type { Notices } from '../lib/notices.svelte.ts';
import { EvaluationBars } from '../lib/evaluation-bars.svelte.ts';

/** Whose trades are looked at. */
export type PartyName = 'all' | 'long' | 'short';
export const THRESHOLDS = [0.05, 0.1, 0.2] as const;

const KIND = 'judge-models';
/** Entries at every so many bars, and the seed of the accounts, as on the command line. */
const USUAL = { every: 3, seed: 1 } as const;

/** The court: evaluations that are kept, the one that is looked at, and the form of the next. */
export class Court {
  /** Newest first. */
  list = $state.raw<readonly EvaluationInfo[]>([]);
  shown = $state.raw<StoredEvaluation | null>(null);
  party = $state<PartyName>('all');
  threshold = $state<(typeof THRESHOLDS)[number]>(DEFAULT_APPETITE.threshold as 0.1);
  /** Whether the form of the next judgement is open. */
  asking = $state(false);
  readonly bars: EvaluationBars;
  #chosen = $state.raw<readonly string[] | null>(null);
  #starting = $state(false);
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #jobs: Jobs;
  readonly #models: Models;

  /** Judging that runs, was cut off or failed. */
  readonly work = $derived.by(() => this.#jobs.shown.filter(({ kind }) => kind === KIND));
  readonly running = $derived(this.work.find(({ state }) => state === 'running') ?? null);
  /** Models to be judged: the one in use first unless others were chosen. */
  readonly chosen = $derived.by((): readonly string[] => {
    const known = this.#models.list.map(({ name }) => name);
    const wanted = this.#chosen ?? [this.#models.inUse?.name ?? known[0]].filter((one) => one);
    return wanted.filter((name): name is string => known.includes(name!));
  });
  /** Rule that the judged trades end by: that of the first model. */
  readonly exit = $derived.by(
    () => this.#models.list.find(({ name }) => name === this.chosen[0])?.exit ?? null,
  );
  /** Why nothing can be judged, in a sentence; null where it can. */
  readonly hindrance = $derived.by((): string | null => {
    if (this.running) return 'One judgement at a time: this one has to end first.';
    if (this.chosen.length === 0) return 'Choose at least one model.';
    if (!this.bars.series) return 'There are no real hourly bars. Import a series in Data.';
    if (Object.keys(this.bars.problems).length > 0) return 'Correct the marked field first.';
    return null;
  });
  /** Models of the shown evaluation, on the trades of the party that is looked at. */
  readonly judged = $derived.by((): readonly JudgedModel[] => {
    const groups = this.shown?.result.groups ?? [];
    return (groups.find(({ name }) => name === this.party) ?? groups[0])?.models ?? [];
  });

  constructor(
    client: Client,
    notices: Notices,
    { catalogue, jobs, models }: { catalogue: Catalogue; jobs: Jobs; models: Models },
  ) {
    this.#client = client;
    this.#notices = notices;
    this.#jobs = jobs;
    this.#models = models;
    this.bars = new EvaluationBars(catalogue);
    client.on('evaluations.changed', ({ id }) => void this.#arrived(id));
  }

  async load(): Promise<void> {
    const answer = await this.#client.call('court.list', {});
    if (!answer.ok) return this.#notices.show(answer.fault);
    this.list = answer.value;
    const [newest] = this.list;
    if (newest && !this.shown) await this.open(newest.id);
  }

  async open(id: number): Promise<void> {
    const answer = await this.#client.call('court.read', { id });
    if (answer.ok) this.shown = answer.value;
    else this.#notices.show(answer.fault);
  }

  /** Adds a model to those to be judged, or takes it out; the first stays the one compared. */
  toggle(name: string): void {
    this.#chosen = this.chosen.includes(name)
      ? this.chosen.filter((one) => one !== name)
      : [...this.chosen, name];
  }

  /** Opens the form of the next judgement, filled in as that of the one that is looked at. */
  ask(): void {
    if (this.shown) {
      const { plan } = this.shown.result;
      this.bars.adopt(plan);
      this.#chosen = plan.models;
    }
    this.asking = true;
  }

  /** Starts judging; the result is shown when it is there. */
  async judge(): Promise<void> {
    const { span } = this.bars;
    if (this.hindrance !== null || this.#starting || !span) return;
    this.#starting = true;
    const models = [...this.chosen];
    const plan = { ...span, ...USUAL, models };
    const answer = await this.#client.call('court.judge', plan);
    this.#starting = false;
    if (!answer.ok) return this.#notices.show(answer.fault);
    this.asking = false;
    this.#jobs.begun(answer.value);
  }

  async report(format: 'html' | 'json'): Promise<void> {
    if (!this.shown) return;
    const answer = await this.#client.call('court.report', { id: this.shown.id, format });
    if (answer.ok) this.#notices.tell({ text: `The report is in ${answer.value.file}.` });
    else this.#notices.show(answer.fault);
  }

  async #arrived(id: number): Promise<void> {
    await this.load();
    await this.open(id);
  }
}
