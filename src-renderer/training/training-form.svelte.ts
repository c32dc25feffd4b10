import { DEFAULT_KIND, MODEL_KINDS } from '#domain/models/kinds.ts';
import type { ModelKind } from '#contract/models.ts';
import type { TrainingConfig, TrainingPlan, TrainingPreset } from '#contract/training.ts';
import type { CallOutput } from '#contract/calls.ts';
import type { Catalogue } from '../lib/catalogue.svelte.ts';
import type { Datasets } from '../lib/datasets.svelte.ts';
import type { Models } from '../lib/models.svelte.ts';
import { EvaluationBars, type DayField } from '../lib/evaluation-bars.svelte.ts';

/** Fields that can hold something that cannot be used. */
export type PlanField = keyof TrainingConfig | 'name' | 'seed' | DayField;
type Problems = Readonly<Partial<Record<PlanField, string>>>;

const NAME_TAKEN = 'This name is taken. Add a number or a date.';

/** The form of a run: what is to be trained on what, and what stands in its way. */
export class TrainingForm {
  kind = $state<ModelKind>(DEFAULT_KIND);
  seed = $state(1);
  /** Exit rule whose datasets are offered, as it is read; null for all. */
  exit = $state<string | null>(null);
  presets = $state.raw<CallOutput<'training.presets'>>([]);
  readonly bars: EvaluationBars;
  #dataset = $state<string | null>(null);
  #config = $state.raw<TrainingConfig | null>(null);
  /** As it was typed; null while the form names the model itself. */
  #name = $state<string | null>(null);
  #wrong = $state.raw<Problems>({});
  readonly #datasets: Datasets;
  readonly #models: Models;

  readonly exits = $derived.by(() =>
    this.#datasets.list
      .map(({ exit }) => exit)
      .filter((exit, i, exits) => exits.indexOf(exit) === i),
  );
  readonly choices = $derived.by(() =>
    this.#datasets.list.filter(({ exit }) => this.exit === null || exit === this.exit),
  );
  /** The chosen one; at first one that holds trades of all three classes. */
  readonly dataset = $derived(
    this.choices.find(({ name }) => name === this.#dataset) ??
      this.choices.find(({ mix }) => Math.min(mix.small, mix.mid, mix.big) > 0) ??
      this.choices[0] ??
      null,
  );
  readonly config = $derived(this.#config ?? this.configOf('standard'));
  /** The preset whose numbers stand in the form; null for numbers of one's own. */
  readonly preset = $derived(
    this.presets.find(({ kind, config }) => kind === this.kind && isSame(config, this.config))
      ?.preset ?? null,
  );
  readonly name = $derived(this.#name ?? this.#suggestion());

  readonly problems = $derived.by((): Problems => {
    const isTaken = this.#models.list.some(({ name }) => name === this.name.trim());
    return {
      ...this.#wrong,
      ...this.bars.problems,
      ...(isTaken && { name: NAME_TAKEN }),
      ...(this.name.trim() === '' && { name: 'Give the model a name.' }),
    };
  });

  /** What is asked for; null while it cannot be. */
  readonly plan = $derived.by((): TrainingPlan | null => {
    const { dataset, config, problems, kind, seed, bars } = this;
    if (!dataset || !config || Object.keys(problems).length > 0) return null;
    const name = this.name.trim();
    return { kind, dataset: dataset.name, name, seed, config, trial: bars.span };
  });

  constructor(datasets: Datasets, models: Models, catalogue: Catalogue) {
    this.#datasets = datasets;
    this.#models = models;
    this.bars = new EvaluationBars(catalogue);
  }

  configOf(preset: TrainingPreset): TrainingConfig | null {
    return this.presetOf(this.kind, preset);
  }

  /** Null before the presets are read. */
  presetOf(kind: ModelKind, preset: TrainingPreset): TrainingConfig | null {
    return this.presets.find((one) => one.kind === kind && one.preset === preset)?.config ?? null;
  }

  /** Another kind has numbers of its own. */
  chooseKind(kind: ModelKind): void {
    const preset = this.preset ?? 'standard';
    this.kind = kind;
    this.choosePreset(preset);
  }

  choosePreset(preset: TrainingPreset): void {
    this.#config = this.configOf(preset);
    for (const field of CONFIG_FIELDS) this.mark(field, null);
  }

  chooseDataset(name: string): void {
    this.#dataset = name;
  }

  change(patch: Partial<TrainingConfig>): void {
    if (this.config) this.#config = { ...this.config, ...patch };
  }

  rename(name: string): void {
    this.#name = name;
  }

  /** Notes what is wrong with a field; null: nothing. */
  mark(field: PlanField, problem: string | null): void {
    const { [field]: _, ...others } = this.#wrong;
    this.#wrong = problem === null ? others : { ...others, [field]: problem };
  }

  /** Shows what another run was asked for; the name stays only where it names no model yet. */
  adopt({ kind, dataset, name, seed, config, trial }: TrainingPlan): void {
    this.kind = kind;
    this.exit = null;
    this.seed = seed;
    this.#dataset = dataset;
    this.#config = config;
    this.#name = name;
    this.#wrong = {};
    this.bars.adopt(trial);
  }

  /** The form names the next model itself. */
  forgetName(): void {
    this.#name = null;
  }

  #suggestion(): string {
    if (!this.dataset) return '';
    const plain = `${MODEL_KINDS[this.kind].label} ${this.dataset.exit}`;
    const isTaken = (name: string) => this.#models.list.some((model) => model.name === name);
    let name = plain;
    for (let i = 2; isTaken(name); i++) name = `${plain}, ${i}`;
    return name;
  }
}

const CONFIG_FIELDS = ['epochs', 'batch', 'learningRate', 'weightDecay', 'patience'] as const;
const isSame = (a: TrainingConfig, b: TrainingConfig | null) =>
  CONFIG_FIELDS.every((field) => a[field] === b?.[field]);
