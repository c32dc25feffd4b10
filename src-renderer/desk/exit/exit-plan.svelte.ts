import { exitWord, isTextOfPlan, plannedRule, type ExitChoice } from '#domain/exits/exit-rule.ts';
import { statesRisk } from '#domain/models/kinds.ts';
import type { HoldingHistory } from '#contract/desk.ts';
import type { ExitPlan } from '#contract/exits.ts';
import type { ModelInfo } from '#contract/models.ts';
import type { Client } from '#contract/transport.ts';
import type { Desk } from '../desk.svelte.ts';
import type { Notices } from '../../lib/notices.svelte.ts';
import type { SettingsState } from '../../lib/settings.svelte.ts';

/** How the trader means to leave the next trade, beside how long such trades lasted. */
export class ExitPlanning {
  /** Whether the plan is being asked for. */
  asking = $state(false);
  /** Of the rule of the plan, up to the bar on the desk; null while it is read. */
  history = $state.raw<HoldingHistory | null>(null);
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #desk: Desk;
  readonly #settings: SettingsState;

  readonly plan = $derived.by(() => this.#settings.current.exitPlan);

  constructor(client: Client, notices: Notices, desk: Desk, settings: SettingsState) {
    this.#client = client;
    this.#notices = notices;
    this.#desk = desk;
    this.#settings = settings;
  }

  change(patch: Partial<ExitPlan>): void {
    this.#settings.change({ exitPlan: { ...this.plan, ...patch } });
  }

  /** Reads how long trades of the plan's rule lasted on the series of the desk. */
  async read(): Promise<void> {
    const { bar, direction } = this.#desk;
    if (!bar) return;
    const { exit } = this.plan;
    const rule = plannedRule(exit, bar.exitRule);
    const { name: series, timeframe } = bar.series;
    this.history = null;
    const place = { series, timeframe, bar: bar.bar, direction, rule };
    const answer = await this.#client.call('trades.holding', place);
    if (!answer.ok) this.#notices.show(answer.fault);
    else if (exitWord(exit) === exitWord(this.plan.exit)) this.history = answer.value;
  }
}

/** Why a model cannot be on the desk under a plan, or null. */
export function unfit({ kind, exit }: ModelInfo, plan: ExitChoice): string | null {
  if (!statesRisk(kind)) return 'states no P(liquidation)';
  return isTextOfPlan(exit, plan) ? null : `trained for ${exit}`;
}
