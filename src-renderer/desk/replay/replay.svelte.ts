import { candlesNeeded } from '#domain/features/features.ts';
import { plannedRule, type ExitRule } from '#domain/exits/exit-rule.ts';
import type { FollowedTrade } from '#contract/desk.ts';
import type { DeskBar } from '#contract/desk.ts';
import type { Timeframe } from '#contract/series.ts';
import type { Client } from '#contract/transport.ts';
import type { BrokerRules } from '#domain/account/broker.ts';
import type { Direction, Money, SizeIndex, UsdPerOunce, UtcSeconds } from '#domain/units.ts';
import type { Desk } from '../desk.svelte.ts';
import type { News, Notices } from '../../lib/notices.svelte.ts';
import type { ScoredTrade } from './replay-score.ts';
import type { SettingsState } from '../../lib/settings.svelte.ts';

/** Bars a second. */
export const SPEEDS = [1, 2, 5, 10, 25, 50, 100] as const;
export type Speed = (typeof SPEEDS)[number];

/** Time that may fall due while the app is slow: what is more is let go, not hurried after. */
const MOST_DUE_S = 0.25;

/** Moves the desk along its series by itself, as a clock that runs faster than the market's. */
export class Player {
  playing = $state(false);
  speed = $state<Speed>(5);
  readonly #desk: Desk;
  /** Bars that are due and not shown yet. */
  #due = 0;
  #last = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(): void {
    if (this.playing || !this.#desk.bar || this.#desk.atNewest) return;
    this.playing = true;
    this.#due = 0;
    this.#last = performance.now();
    requestAnimationFrame(this.#tick);
  }

  pause(): void {
    this.playing = false;
  }

  /** One bar is read at a time: where the app is slower than the clock, whole bars are stepped over. */
  #tick = (now: number): void => {
    if (!this.playing) return;
    const passed = Math.max(0, now - this.#last) / 1000;
    this.#last = now;
    this.#due = Math.min(this.#due + passed * this.speed, Math.max(1, MOST_DUE_S * this.speed));
    if (this.#due >= 1 && !this.#desk.isReading) {
      const bars = Math.floor(this.#due);
      this.#due -= bars;
      this.#desk.step(bars);
    }
    if (this.#desk.atNewest) this.pause();
    else requestAnimationFrame(this.#tick);
  };
}

/** A position on paper, entered at the close of a bar of the past. */
export interface PaperTrade {
  readonly series: string;
  readonly timeframe: Timeframe;
  readonly entry: number;
  readonly entryTime: UtcSeconds;
  readonly price: UsdPerOunce;
  readonly direction: Direction;
  readonly equity: Money;
  readonly rules: BrokerRules;
  readonly rule: ExitRule;
  readonly holding: number | null;
  readonly taken: SizeIndex;
  readonly recommended: SizeIndex | null;
}

/** Later than every bar. */
const END_OF_TIME = 4_102_444_800 as UtcSeconds;

/** Bars after the newest entry of a random start, so that its trade can end. */
const fewestAfter = (rule: ExitRule) => rule.cap;

/** The past bar by bar: the desk at any bar of a series, and one position on paper at a time. */
export class Replay {
  readonly player: Player;
  trade = $state.raw<PaperTrade | null>(null);
  /** How the trade stands by the bar on the desk. */
  followed = $state.raw<FollowedTrade | null>(null);
  /** The trade whose outcomes are shown, once it is over. */
  revealed = $state.raw<ScoredTrade | null>(null);
  /** Whether the dialog asks for a date to jump to. */
  jumping = $state(false);
  /** Revealed trades of this session, the first one first. */
  session = $state.raw<readonly ScoredTrade[]>([]);
  /** The trade has been followed to its exit by the bar on the desk. */
  readonly isOver = $derived((this.followed?.exit ?? null) !== null);
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #desk: Desk;
  readonly #settings: SettingsState;
  #following = false;

  constructor(client: Client, notices: Notices, desk: Desk, settings: SettingsState) {
    this.#client = client;
    this.#notices = notices;
    this.#desk = desk;
    this.#settings = settings;
    this.player = new Player(desk);
  }

  /** The rule that a trade of now ends by: the model's, where it is the one that is planned. */
  get rule(): ExitRule {
    return plannedRule(this.#settings.current.exitPlan.exit, this.#desk.bar?.exitRule);
  }

  /** Enters a position of the size at the bar on the desk. */
  place(taken: SizeIndex): void {
    const { bar, position, decision } = this.#desk;
    if (!bar || !position || this.trade) return;
    const { price, ...account } = position;
    this.trade = {
      ...account,
      price,
      taken,
      recommended: decision.recommended?.size ?? null,
      series: bar.series.name,
      timeframe: bar.series.timeframe,
      entry: bar.bar,
      entryTime: bar.closedAt,
      rule: this.rule,
      holding: this.#settings.current.exitPlan.holding,
    };
    void this.follow(bar);
  }

  /** How the trade stands by a bar; of many bars at once the last one counts. */
  async follow(bar: DeskBar): Promise<void> {
    const { trade } = this;
    if (!trade || this.#following || !isOf(trade, bar) || bar.bar < trade.entry) return;
    if (this.followed?.exit && bar.bar >= this.followed.exit.bar) return;
    this.#following = true;
    const answer = await this.#ask(trade, bar.bar);
    this.#following = false;
    if (this.trade !== trade) return;
    if (!answer.ok) return this.#notices.show(answer.fault);
    this.followed = answer.value;
    if (answer.value.exit) return this.player.pause();
    const now = this.#desk.bar;
    if (now && now.bar !== bar.bar) void this.follow(now);
  }

  /** Moves the desk to the bar of the exit. */
  async runToExit(): Promise<void> {
    const { trade } = this;
    if (!trade) return;
    const { series, timeframe } = trade;
    // The trade's own bars, whichever are on the desk.
    const last = { series, timeframe, closedAt: END_OF_TIME };
    const newest = await this.#client.call('series.barAt', last);
    if (!newest.ok) return this.#notices.show(newest.fault);
    const answer = await this.#ask(trade, newest.value.bar);
    if (!answer.ok) return this.#notices.show(answer.fault);
    const { exit, last: end } = answer.value;
    if (!exit) this.#notices.tell({ text: 'The bars end before the exit signal of this trade.' });
    this.player.pause();
    await this.#desk.open(series, exit?.bar ?? end, timeframe);
  }

  /** Shows the trade's outcomes and adds it to the session. */
  reveal(): void {
    const { trade, followed } = this;
    if (!trade || !followed?.exit) return;
    const { series, entry, entryTime, direction, taken, recommended } = trade;
    this.revealed = { series, entry, entryTime, direction, taken, recommended, followed };
    this.session = [...this.session, this.revealed];
    this.trade = this.followed = null;
  }

  closeReveal(): void {
    this.revealed = null;
  }

  /** Forgets the open position, with a way back. */
  abandon(): void {
    const { trade, followed } = this;
    if (!trade) return;
    this.trade = this.followed = null;
    this.#offerUndo('The position on paper is closed and does not count.', () => {
      if (this.trade) return;
      this.trade = trade;
      this.followed = followed;
    });
  }

  newSession(): void {
    const before = this.session;
    this.session = [];
    this.#offerUndo(
      'A new session has begun.',
      () => (this.session = [...before, ...this.session]),
    );
  }

  /** Opens the bar that had closed by a moment. */
  async jumpTo(closedAt: UtcSeconds): Promise<void> {
    const { bar } = this.#desk;
    if (bar) await this.#desk.openAt(bar.series.name, closedAt);
  }

  /** Opens any bar with candles enough before it and room for a trade behind it. */
  randomStart(chance = Math.random): void {
    const { bar } = this.#desk;
    if (!bar) return;
    const first = candlesNeeded(this.rule);
    const last = Math.max(first, bar.series.bars - 1 - fewestAfter(this.rule));
    void this.#desk.open(bar.series.name, first + Math.floor(chance() * (last - first + 1)));
  }

  #ask(
    { series, timeframe, entry, direction, equity, rules, rule, holding }: PaperTrade,
    upTo: number,
  ) {
    const plan = { series, timeframe, entry, upTo, direction, equity, rules, rule, holding };
    return this.#client.call('trades.follow', plan);
  }

  #offerUndo(text: string, undo: () => void): void {
    const news: News = {
      text,
      action: {
        label: 'Undo',
        run: () => {
          undo();
          this.#notices.dismissNews(news);
        },
      },
    };
    this.#notices.tell(news);
  }
}

/** Whether the trade is on the series and in the step of a bar. */
export const isOf = (trade: PaperTrade, { series }: DeskBar) =>
  trade.series === series.name && trade.timeframe === series.timeframe;
