import { COMMON_EXITS, exitWord, ruleOf, type ExitChoice } from '#domain/exits/exit-rule.ts';
import type { OwnExit } from '#domain/exits/own.ts';
import { DEFAULT_KIND, MODEL_KINDS } from '#domain/models/kinds.ts';
import type { GenerationPlan } from '#contract/datasets.ts';
import type { DeskBar } from '#contract/desk.ts';
import type { OwnExitsFound } from '#contract/journal.ts';
import type { ModelKind } from '#contract/models.ts';
import type { Screen } from '#contract/screens.ts';
import type {
  TrainingConfig,
  TrainingPlan,
  TrainingPreset,
  TrainingRun,
} from '#contract/training.ts';
import type { Client } from '#contract/transport.ts';
import type { Catalogue } from '../lib/catalogue.svelte.ts';
import type { Datasets } from '../lib/datasets.svelte.ts';
import type { Jobs } from '../lib/jobs.svelte.ts';
import type { Models } from '../lib/models.svelte.ts';
import type { News, Notices } from '../lib/notices.svelte.ts';
import type { SettingsState } from '../lib/settings.svelte.ts';
import { EvaluationBars } from '../lib/evaluation-bars.svelte.ts';

/** Trades of the dataset that a model of one's own exits is trained on. */
export const OWN_TRADES = 30_000;

/** The window as far as it is read and moved here; of the other views no more than this. */
interface Surroundings {
  screen: Screen;
  readonly catalogue: Catalogue;
  readonly datasets: Datasets;
  readonly jobs: Jobs;
  readonly models: Models;
  readonly settings: SettingsState;
  readonly desk: { readonly bar: DeskBar | null };
  readonly generating: {
    readonly plan: GenerationPlan;
    readonly starting: boolean;
    startPlan(plan: GenerationPlan, training: TrainingPlan): Promise<boolean>;
  };
  readonly training: {
    readonly running: TrainingRun | null;
    readonly form: { presetOf(kind: ModelKind, preset: TrainingPreset): TrainingConfig | null };
  };
}

/** Exit rules out of the trader's own trades: to plan by, and to train and compare a model under. */
export class OwnExits {
  /** What is looked at in the dialog. */
  shown = $state.raw<OwnExitsFound | null>(null);
  /** Why all imported trades together make no rule; null where they do, or before that is known. */
  lacking = $state<string | null>(null);
  #found = $state.raw<OwnExit | null>(null);
  /** Name of the model that was asked for here, until it is there. */
  #awaited: string | null = null;
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #app: Surroundings;
  readonly #bars: EvaluationBars;

  /** One's own to choose from: the planned one, the model's, and the one that all imported trades make. */
  readonly rules = $derived.by((): readonly OwnExit[] => {
    const { settings, generating, desk } = this.#app;
    const wanted = [settings.current.exitPlan.exit, generating.plan.exit];
    const known = [...wanted.map(ruleOf), desk.bar?.exitRule, this.#found];
    const own = known.filter((rule) => rule?.kind === 'own');
    return own.filter((rule, i) => own.findIndex((one) => isSame(one, rule)) === i);
  });
  /** The common rules, and those of `rules`. */
  readonly choices = $derived.by((): readonly ExitChoice[] => [...COMMON_EXITS, ...this.rules]);
  /** The bars that champion and challenger are judged on; null where no real ones are stored. */
  readonly bars = $derived.by(() => {
    const { span, wasFitted } = this.#bars;
    return span && { ...span, wasFitted };
  });
  /** Why nothing can be started, in a sentence; null where it can. */
  readonly hindrance = $derived.by((): string | null => {
    const { generating, jobs, training } = this.#app;
    return generating.starting || jobs.running.length > 0 || training.running
      ? 'A run is under way. The next can start when it is done.'
      : null;
  });

  constructor(client: Client, notices: Notices, app: Surroundings) {
    this.#client = client;
    this.#notices = notices;
    this.#app = app;
    this.#bars = new EvaluationBars(app.catalogue);
    client.on('training.changed', (run) => this.#onRun(run));
  }

  /** Builds a rule out of the holding times of an account, or of all, and shows it. */
  async show(account: string | null): Promise<void> {
    const answer = await this.#client.call('journal.ownExits', { account });
    if (answer.ok) this.shown = answer.value;
    else this.#notices.show(answer.fault);
  }

  /** Reads which rule all imported trades make. */
  async look(): Promise<void> {
    const answer = await this.#client.call('journal.ownExits', { account: null });
    this.#found = answer.ok ? answer.value.rule : null;
    this.lacking = answer.ok ? null : answer.fault.happened;
  }

  /** Generates trades that end by the rule, trains a model on them and judges it beside the one in use. */
  async train(rule: OwnExit): Promise<void> {
    const { generating, training, datasets, models } = this.#app;
    const config = training.form.presetOf(DEFAULT_KIND, 'standard');
    if (this.hindrance !== null || !config) return;
    const seed = 1;
    // Of the same rule it is there already.
    const dataset = freeName(`own-exits-${rule.trades}`, datasets.list, ({ command }) =>
      command.includes(` ${exitWord(rule)} `),
    );
    const name = freeName(
      `${MODEL_KINDS[DEFAULT_KIND].label} own exits of ${rule.trades} trades`,
      models.list,
      () => false,
    );
    const trial = this.#bars.span;
    const started = await generating.startPlan(
      { ...generating.plan, kind: 'natural', name: dataset, trades: OWN_TRADES, exit: rule, seed },
      { kind: DEFAULT_KIND, dataset, name, seed, config, trial },
    );
    if (!started) return;
    this.shown = null;
    this.#awaited = name;
    this.#app.screen = 'data';
  }

  #onRun({ plan, state }: TrainingRun): void {
    if (plan.name !== this.#awaited || state === 'running') return;
    this.#awaited = null;
    const label = state === 'done' ? 'Compare' : 'Show';
    const text = state === 'done' ? `${plan.name} is trained.` : `${plan.name} was not trained.`;
    const run = () => {
      this.#notices.dismissNews(news);
      this.#app.screen = 'training';
    };
    const news: News = { text, action: { label, run } };
    this.#notices.tell(news);
  }
}

const isSame = (a: OwnExit, b: OwnExit) => exitWord(a) === exitWord(b);

/** The name, or with a number where another has it. */
function freeName<Named extends { readonly name: string }>(
  plain: string,
  taken: readonly Named[],
  isUsable: (one: Named) => boolean,
): string {
  const isFree = (name: string) => taken.every((one) => one.name !== name || isUsable(one));
  let name = plain;
  for (let i = 2; !isFree(name); i++) name = `${plain}, ${i}`;
  return name;
}
