import { SvelteMap } from 'svelte/reactivity';
import { answerOf, isForOtherRules } from '#domain/answer/answer.ts';
import { limitAfter } from '#domain/risk/correction.ts';
import { decide, limitOf } from '#domain/risk/decision.ts';
import { settleLadder } from '#domain/risk/ladder.ts';
import { SIZE_COUNT } from '#domain/size.ts';
import { Candles } from './chart/candles.svelte.ts';
import type { DeskBar } from '#contract/desk.ts';
import type { Timeframe } from '#contract/series.ts';
import type { Client } from '#contract/transport.ts';
import type { Decision } from '#domain/risk/decision.ts';
import type { Fraction, SizeIndex, UtcSeconds } from '#domain/units.ts';
import type { Notices } from '../lib/notices.svelte.ts';
import type { SettingsState } from '../lib/settings.svelte.ts';

/** Steps that the desk offers, the shortest first. */
const DESK_STEPS: readonly Timeframe[] = ['M1', 'M5', 'M15', 'M30', 'H1', 'H4', 'D1'];

/**
 * One decision bar, settled in the window: the app sends the curve of a closed bar, and the ladder,
 * the decision and the answer follow from it and the settings without asking the app again.
 */
export class Desk {
  /** The decision bar; null before the first one is read. */
  bar = $state.raw<DeskBar | null>(null);
  readonly candles: Candles;
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #settings: SettingsState;
  #chosen = $state.raw<{ readonly size: SizeIndex; readonly of: Decision } | null>(null);
  #reading = false;
  #wanted: { series: string; bar: number | null } | null = null;
  /** Step of the bars that is wanted; null for the one that the series is stored in. */
  #timeframe: Timeframe | null;
  /** Where the last step leads while its bar is on its way. */
  #heading: number | null = null;
  /** Where series were left that were looked back into: another look at one leaks no later bar. */
  readonly #left = new SvelteMap<string, UtcSeconds>();
  /** The moment that a bar of a longer step stands for: going back to shorter bars loses nothing. */
  #moment: { readonly of: DeskBar; readonly closedAt: UtcSeconds } | null = null;

  // Settings change as a whole object; these stand still unless their own value moves.
  readonly #equity = $derived.by(() => this.#settings.current.equity);
  readonly #rules = $derived.by(() => this.#settings.current.rules);
  readonly #appetite = $derived.by(() => this.#settings.current.appetite);
  readonly #policy = $derived.by(() => this.#settings.current.policy);
  readonly direction = $derived.by(() => this.#settings.current.direction);

  readonly position = $derived(
    this.bar && {
      price: this.bar.close,
      equity: this.#equity,
      direction: this.direction,
      rules: this.#rules,
    },
  );
  readonly #plan = $derived.by(() => this.#settings.current.exitPlan);
  /** The model assumes another exit than the plan: its P and E say nothing about the next trade. */
  readonly isForOtherRules = $derived(
    this.bar !== null && isForOtherRules(this.bar, this.#plan.exit),
  );
  readonly curve = $derived(
    this.isForOtherRules ? null : (this.bar?.curves?.[this.direction] ?? null),
  );
  readonly ladder = $derived(this.position ? settleLadder(this.curve, this.position) : []);
  /** Why a size has no P, in a word or two. */
  readonly unstated = $derived.by(() => {
    if (!this.bar?.model) return 'No model';
    return this.isForOtherRules ? 'Other exit' : 'Too few';
  });
  /** Kind of the model that states P; null without one. */
  readonly kind = $derived(this.bar?.model?.kind ?? null);
  /** Threshold times safety factor, before what resolved decisions take off it. */
  readonly nominalLimit = $derived(limitOf(this.#appetite, this.kind));
  readonly #limit = $derived(
    limitAfter(this.nominalLimit, this.bar?.resolved[this.direction] ?? []),
  );
  /** Whether decisions that were liquidated have lowered the limit. */
  readonly isCorrected = $derived(this.#limit < this.nominalLimit);
  readonly decision = $derived(decide(this.ladder, this.#limit, this.#policy));
  readonly appetite = $derived(this.#appetite);
  /** The threshold on the scale of the P that is shown. */
  readonly threshold = $derived(
    limitOf({ ...this.#appetite, safetyFactor: 1 as Fraction }, this.kind),
  );
  readonly answer = $derived(
    this.bar && this.position
      ? answerOf(this.bar, this.position, this.ladder, this.decision, this.curve, this.#plan.exit)
      : null,
  );
  /** The size looked at instead of the recommended one. It lasts as long as the decision it belongs to. */
  readonly selected = $derived(this.#chosen?.of === this.decision ? this.#chosen.size : null);
  #pointed = $state<SizeIndex | null>(null);
  /** The rung that the facts and the chart show: under the pointer, else selected, else recommended. */
  readonly shown = $derived.by(() => {
    const size = this.#pointed ?? this.selected;
    return size === null ? this.decision.recommended : (this.ladder[size - 1] ?? null);
  });

  constructor(client: Client, notices: Notices, settings: SettingsState) {
    this.#client = client;
    this.#notices = notices;
    this.#settings = settings;
    this.candles = new Candles(client, notices);
    this.#timeframe = settings.current.timeframe;
    client.on('series.grew', ({ name }) => void this.#grew(name));
    client.on('series.changed', ({ name }) => void this.#seriesChanged(name));
    client.on('models.changed', () => void this.#readAgain());
  }

  /** Opens bar `bar` of a series, or its newest one. While one bar is being read the last wish waits. */
  async open(series: string, bar: number | null, timeframe = this.#timeframe): Promise<void> {
    this.#timeframe = timeframe;
    this.#wanted = { series, bar };
    this.#heading = bar;
    if (this.#reading) return;
    this.#reading = true;
    while (this.#wanted) {
      const wanted: { series: string; bar: number | null } = this.#wanted;
      const timeframe = this.#timeframe;
      this.#wanted = null;
      const answer = await this.#client.call('desk.read', { ...wanted, timeframe });
      if (!answer.ok) {
        // A series of longer bars than the last one had is shown in its own.
        if (answer.fault.code === 'finer-step') {
          this.#timeframe = null;
          this.#wanted ??= { series: wanted.series, bar: null };
        } else this.#notices.show(answer.fault);
        continue;
      }
      const { series, bar } = answer.value;
      await this.candles.reach({ series: series.name, timeframe: series.timeframe }, bar);
      this.bar = answer.value;
      if (this.#settings.current.series !== series.name) {
        this.#settings.change({ series: series.name });
      }
    }
    this.#reading = false;
    this.#heading = null;
  }

  /** Opens the bar that had closed by a moment. */
  async openAt(
    series: string,
    closedAt: UtcSeconds,
    timeframe: Timeframe | null = this.#timeframe,
  ): Promise<void> {
    const answer = await this.#client.call('series.barAt', { series, timeframe, closedAt });
    if (answer.ok) return this.open(series, Math.max(0, answer.value.bar), timeframe);
    if (answer.fault.code === 'finer-step') return this.openAt(series, closedAt, null);
    this.#notices.show(answer.fault);
  }

  /** Shows another series: where it was left, or its newest bar. */
  async showSeries(series: string): Promise<void> {
    const { bar } = this;
    if (bar && this.atNewest) this.#left.delete(bar.series.name);
    else if (bar) this.#left.set(bar.series.name, bar.closedAt);
    const left = this.#left.get(series);
    return left === undefined ? this.open(series, null) : this.openAt(series, left);
  }

  /** Steps that the series can be shown in: its own and the longer ones. */
  readonly timeframes = $derived.by(() => {
    const stored = this.bar?.storedAs;
    return stored ? DESK_STEPS.slice(Math.max(0, DESK_STEPS.indexOf(stored))) : [];
  });

  /** Shows the same moment in bars of another step. */
  async setTimeframe(timeframe: Timeframe): Promise<void> {
    if (!this.bar || timeframe === this.bar.series.timeframe) return;
    const { series, storedAs } = this.bar;
    const { atNewest } = this;
    const moment = this.#moment?.of === this.bar ? this.#moment.closedAt : this.bar.closedAt;
    this.#timeframe = timeframe === storedAs ? null : timeframe;
    this.#settings.change({ timeframe: this.#timeframe });
    if (atNewest && moment === this.bar.closedAt) return this.open(series.name, null);
    await this.openAt(series.name, moment);
    this.#moment = { of: this.bar, closedAt: moment };
  }

  /** Moves by whole bars, not past either end. */
  step(bars: number): void {
    if (!this.bar) return;
    const { series } = this.bar;
    const from = this.#heading ?? this.bar.bar;
    const to = Math.min(series.bars - 1, Math.max(0, from + bars));
    if (to !== from) void this.open(series.name, to);
  }

  toNewest(): void {
    if (this.bar && !this.atNewest) void this.open(this.bar.series.name, null);
  }

  /** Whether a bar is on its way. */
  get isReading(): boolean {
    return this.#reading;
  }

  get atNewest(): boolean {
    return this.bar !== null && this.bar.bar === this.bar.series.bars - 1;
  }

  /** Shows another size; the recommended one and null mean none. */
  select(size: SizeIndex | null): void {
    const isOther = size !== null && size !== this.decision.recommended?.size;
    this.#chosen = isOther && this.#canShow(size) ? { size, of: this.decision } : null;
  }

  /** Looks at the size under the pointer for as long as it is there. */
  point(size: SizeIndex | null): void {
    this.#pointed = size !== null && this.#canShow(size) ? size : null;
  }

  /** Moves the size shown by whole rungs, within what margin carries. */
  moveSelection(rungs: number): void {
    this.point(null);
    const from = this.shown?.size ?? (rungs > 0 ? 0 : this.largestShown + 1);
    const to = Math.min(this.largestShown, Math.max(1, from + rungs));
    if (this.largestShown > 0) this.select(to as SizeIndex);
  }

  /** Largest rung that margin carries; 0: none. */
  get largestShown(): number {
    return this.ladder.findLast((rung) => rung.feasible)?.size ?? 0;
  }

  #canShow(size: SizeIndex): boolean {
    return size >= 1 && size <= SIZE_COUNT && this.ladder[size - 1]!.feasible;
  }

  /** A bar more at the end: the desk moves on to it where it stood at the newest. */
  async #grew(name: string): Promise<void> {
    if (this.bar?.series.name === name && this.atNewest) await this.open(name, null);
  }

  async #seriesChanged(name: string): Promise<void> {
    this.candles.forget(name);
    if (this.bar?.series.name === name) await this.#readAgain();
  }

  async #readAgain(): Promise<void> {
    if (this.bar) await this.open(this.bar.series.name, this.atNewest ? null : this.bar.bar);
  }
}
