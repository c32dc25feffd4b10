import { DEFAULT_MARKET } from '#domain/instrument.ts';
import { STUDY_RULES } from '#domain/account/broker.ts';
import type { Fault } from '#contract/errors.ts';
import type { GenerationEstimate, GenerationPlan } from '#contract/datasets.ts';
import type { TrainingPlan } from '#contract/training.ts';
import type { Client } from '#contract/transport.ts';
import type { Datasets } from '../lib/datasets.svelte.ts';
import type { Jobs } from '../lib/jobs.svelte.ts';
import type { Notices } from '../lib/notices.svelte.ts';

/** An estimate is asked for once the hand rests this long. */
const REST_MS = 300;

/** Fields that can hold something that cannot be used. */
export type PlanField = 'name' | 'trades' | 'seed' | 'leverage';

const NAME_TAKEN = 'This name is taken. Add a number or a date.';

/** The form of a new dataset: what is asked for, what it would take, and what stands in its way. */
export class Generating {
  plan = $state.raw<GenerationPlan>({
    kind: 'by-class',
    name: null,
    trades: 100_000,
    exit: 'cross',
    seed: 1,
    leverage: STUDY_RULES.leverage,
    market: DEFAULT_MARKET,
  });
  /** What the plan would take, or why that cannot be told; null while it is being judged. */
  estimate = $state.raw<GenerationEstimate | Fault | null>(null);
  starting = $state(false);
  #wrong = $state.raw<Readonly<Partial<Record<PlanField, string>>>>({});
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows with every plan that takes something else. */
  #asked = 0;
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #datasets: Datasets;
  readonly #jobs: Jobs;

  /** Names that would come of it and are there already. */
  readonly taken = $derived.by((): readonly string[] => {
    const { estimate, plan } = this;
    const names = estimate && 'names' in estimate ? estimate.names : [];
    const made = plan.kind === 'natural' ? [plan.name] : names;
    return this.#datasets.list.map(({ name }) => name).filter((name) => made.includes(name));
  });

  /** What is wrong, by field. */
  readonly problems = $derived.by((): Readonly<Partial<Record<PlanField, string>>> => {
    if (this.plan.kind === 'natural' && this.taken.length > 0) {
      return { ...this.#wrong, name: NAME_TAKEN };
    }
    return this.#wrong;
  });

  /** Why it cannot be started, in a sentence; null where it can. */
  readonly hindrance = $derived.by((): string | null => {
    const { plan, taken, estimate } = this;
    if (Object.keys(this.problems).length > 0) return 'Correct the marked field first.';
    if (plan.kind === 'natural' && !plan.name) return 'Give the dataset a name.';
    if (plan.kind === 'by-class' && taken.length > 0) {
      const others = taken.length > 1 ? ` and ${taken.length - 1} more are` : ' is';
      return `${taken[0]}${others} there already. Change the number of trades, or delete them.`;
    }
    if (estimate && 'happened' in estimate) return `${estimate.happened} ${estimate.next}`;
    if (this.#jobs.running.length > 0) {
      return 'A run is under way. The next can start when it is done.';
    }
    return null;
  });

  constructor(client: Client, notices: Notices, datasets: Datasets, jobs: Jobs) {
    this.#client = client;
    this.#notices = notices;
    this.#datasets = datasets;
    this.#jobs = jobs;
  }

  change(patch: Partial<GenerationPlan>): void {
    const plan = { ...this.plan, ...patch };
    this.plan = plan.kind === 'by-class' ? { ...plan, name: null } : plan;
    // A name changes nothing of what it takes.
    if (Object.keys(patch).join() === 'name') return;
    this.estimate = null;
    this.#asked++;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.judge(), REST_MS);
  }

  /** A field hears that what stands in it cannot be used, or can again. */
  mark(field: PlanField, problem: string | null): void {
    const { [field]: _, ...others } = this.#wrong;
    this.#wrong = problem === null ? others : { ...others, [field]: problem };
  }

  /** Asks what the plan would take. A natural dataset can be judged before it has a name. */
  async judge(): Promise<void> {
    const asked = this.#asked;
    const { plan } = this;
    const name = plan.kind === 'natural' ? (plan.name ?? 'natural') : null;
    const answer = await this.#client.call('datasets.estimate', { ...plan, name });
    // An older question's answer says nothing of the plan that stands here now.
    if (asked !== this.#asked) return;
    if (answer.ok) this.estimate = answer.value;
    else if (answer.fault.code !== 'app-gone') this.estimate = answer.fault;
  }

  async start(): Promise<void> {
    if (this.hindrance === null && !this.starting) await this.startPlan(this.plan, null);
  }

  /** Starts a plan, and what is trained on it afterwards; whether it began. */
  async startPlan(plan: GenerationPlan, training: TrainingPlan | null): Promise<boolean> {
    this.starting = true;
    const answer = await this.#client.call('datasets.generate', { ...plan, training });
    this.starting = false;
    if (answer.ok) this.#jobs.begun(answer.value);
    else this.#notices.show(answer.fault);
    return answer.ok;
  }
}
