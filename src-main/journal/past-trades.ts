import { setImmediate as turn } from 'node:timers/promises';
import { lastClosedAt, pathOf, sliceBars, type Bars } from '../domain/bars/bars.ts';
import { NO_COSTS, type Costs } from '../domain/account/broker.ts';
import { drawdownOf } from '../domain/simulate/drawdown.ts';
import { openSeconds } from '../domain/time/market-hours.ts';
import { hoursOf, INSTRUMENTS, isSpot } from '../domain/instrument.ts';
import { nightsOf, type SimulationPath } from '../domain/simulate/simulate.ts';
import { coverTrade, type FilledTrade } from './cover-trade.ts';
import type { RecordedDecision } from '../contract/desk.ts';
import { TIMEFRAMES, type Timeframe } from '../contract/series.ts';
import { candlesNeeded } from '../domain/features/features.ts';
import { exitBar } from './follow.ts';
import type { KeptTrade, UncoveredReason } from '../contract/journal.ts';
import type { RiskCurve } from '../domain/risk/risk-curve.ts';
import type { Fraction, Ounces, UsdPerOunce, UtcSeconds } from '../domain/units.ts';
import type { PastTrade } from './past-trade.ts';
import type { SettledPath } from './what-if.ts';
import { keyOf, type JournalRows, type ModelNamed, type SeriesInSteps } from './sources.ts';

/** What bars and the model say of a trade; it stands until they change. */
type Found = Pick<
  PastTrade,
  'series' | 'path' | 'why' | 'adverse' | 'favourable' | 'closedAt' | 'closePrice'
> & {
  /** By the costs that a decision was recorded with, and when its bars closed. */
  readonly ownPath?: SettledPath;
  readonly running?: SettledPath;
  readonly closes?: Float64Array;
};

/** Trades that are looked at before the windows have their turn: some 15 ms of work. */
const AT_ONCE = 250;

const NOT_COVERED = { series: null, path: null, adverse: null, favourable: null } as const;

/** How a decision ended that did not wait for its signal. */
interface ClosedByHand {
  readonly closedAt: UtcSeconds;
}

/**
 * Every trade of the past, recorded or imported, with what the stored bars show of it. What was found
 * is kept: a note or a new bar does not look at everything again.
 */
export class PastTrades {
  readonly #rows: JournalRows;
  readonly #series: SeriesInSteps;
  readonly #modelOf: ModelNamed;
  readonly #found = new Map<string, Found>();
  /** The costs that were found by, and all trades by them until something is written. */
  #costs: Costs | null = null;
  #listed: readonly PastTrade[] | null = null;
  #followedDecisions: readonly PastTrade[] | null = null;
  #kept: readonly KeptTrade[] | null = null;

  constructor(rows: JournalRows, series: SeriesInSteps, modelOf: ModelNamed) {
    this.#rows = rows;
    this.#series = series;
    this.#modelOf = modelOf;
  }

  /** Something was recorded, written beside a trade or imported. */
  refresh(): void {
    this.#listed = this.#followedDecisions = this.#kept = null;
  }

  /** Bars were imported, or another model is in use. */
  forget(): void {
    this.#found.clear();
    this.refresh();
  }

  /** Bars came at the end of a series: what had not been covered may be now. */
  lookAgain(): void {
    for (const [key, { path }] of this.#found) if (!path) this.#found.delete(key);
    this.refresh();
  }

  /** Recorded decisions alone, for what is asked bar by bar. */
  get decisions(): readonly PastTrade[] {
    return (this.#followedDecisions ??= this.#decisions(this.#costs ?? NO_COSTS));
  }

  /** Trades of statements as they are kept. */
  get statements(): readonly KeptTrade[] {
    return (this.#kept ??= this.#rows.statements.trades());
  }

  /**
   * Looks at trades that `list` would look at, some at a time, so that the app answers its windows in
   * between. Where anything changes meanwhile it stops: what is left is `list`'s.
   */
  async lookAhead(costs: Costs): Promise<void> {
    this.#payBy(costs);
    const { statements: kept } = this;
    const paid = this.#costs;
    const isSame = () => kept === this.#kept && paid === this.#costs;
    for (let first = 0; first < kept.length && isSame(); first += AT_ONCE) {
      const some = kept.slice(first, first + AT_ONCE);
      if (some.every((trade) => this.#found.has(keyOf(trade)))) continue;
      this.#cover(some, costs);
      await turn();
    }
  }

  /** In the order of their entries. */
  list(costs: Costs): readonly PastTrade[] {
    this.#payBy(costs);
    return (this.#listed ??= this.#listAnew(costs));
  }

  /** What was found by other costs is not found by these. */
  #payBy(costs: Costs): void {
    if (JSON.stringify(costs) === JSON.stringify(this.#costs)) return;
    this.forget();
    this.#costs = costs;
  }

  #listAnew(costs: Costs): PastTrade[] {
    const { journalEntries } = this.#rows;
    const notes = journalEntries.newest('note');
    const tags = journalEntries.newest('tags');
    const written = (key: string) => ({
      note: (notes.get(key)?.entry as string | undefined) ?? '',
      tags: (tags.get(key)?.entry as string[] | undefined) ?? [],
    });
    const trades = [...this.#decisions(costs), ...this.#statements(costs)];
    return trades
      .map((trade) => {
        const { note, tags } = written(trade.key);
        const words = `${trade.words} ${note} ${tags.join(' ')}`.toLowerCase();
        return { ...trade, note, tags, words };
      })
      .sort((a, b) => a.openedAt - b.openedAt);
  }

  #decisions(costs: Costs): PastTrade[] {
    const { decisions, journalEntries } = this.#rows;
    const taken = journalEntries.newest('taken');
    const closed = journalEntries.newest('closed');
    return decisions.list().map((decision) => {
      const key = `d${decision.id}`;
      const byHand = (closed.get(key)?.entry as ClosedByHand | undefined) ?? null;
      const size = (taken.get(key)?.entry as Ounces | undefined) ?? null;
      const { ownPath, running, closes, ...found } = this.#find(
        `${key} ${byHand?.closedAt ?? ''}`,
        () => this.#followed(decision, byHand, costs),
      );
      return {
        ...found,
        key,
        source: 'decision',
        symbol: decision.series,
        account: null,
        direction: decision.direction,
        openedAt: decision.closedAt,
        openPrice: decision.price,
        taken: size,
        path: found.path && { ...found.path, taken: size },
        own: {
          account: {
            equity: decision.equity,
            rules: decision.rules,
            limit: decision.limit,
            policy: decision.policy,
          },
          recommended: decision.size,
          path: ownPath ? { ...ownPath, taken: size } : null,
          running: running ?? null,
          closes: closes ?? null,
        },
        note: '',
        tags: [],
        words: `${decision.series} ${decision.model}`,
      };
    });
  }

  #find(key: string, look: () => Found): Found {
    const found = this.#found.get(key) ?? look();
    this.#found.set(key, found);
    return found;
  }

  /** A recorded decision up to the signal of its model's rule, or to the bar that it was closed at. */
  #followed(decision: RecordedDecision, byHand: ClosedByHand | null, costs: Costs): Found {
    const open = { ...NOT_COVERED, closedAt: null, closePrice: null };
    const { series, timeframe, closedAt, price, direction } = decision;
    const bars = this.#bars(series, timeframe);
    const model = this.#modelOf(decision.model);
    if (!bars || !model) return { ...open, why: 'no-bars' };
    const entry = lastClosedAt(bars, closedAt);
    const isThere =
      entry >= 0 &&
      bars.time[entry]! + bars.stepSeconds === closedAt &&
      bars.close[entry] === price;
    if (!isThere) return { ...open, why: 'no-bars' };
    const rule = model.stored.exitRule;
    const exit = byHand
      ? lastClosedAt(bars, byHand.closedAt)
      : exitBar(bars, { entry, direction, rule, holding: null });
    const hasEnded = exit > entry;
    const last = hasEnded ? exit : bars.close.length - 1;
    const held = sliceBars(bars, entry, last + 1);
    const path = { ...pathOf(held, direction), direction, nights: nightsOf(held) };
    const enough = entry + 1 >= candlesNeeded(rule);
    const curve = enough ? model.curve(bars, entry, direction) : null;
    const settledBy = (paid: Costs): SettledPath => {
      const drawdown = drawdownOf(path, 0, last - entry, paid);
      return {
        direction,
        entryPrice: price,
        least: drawdown,
        most: drawdown,
        curve,
        model: curve && model.info.name,
        taken: null,
      };
    };
    const closes = held.time.map((time) => time + held.stepSeconds);
    if (!hasEnded) {
      return { ...open, series, why: 'open', running: settledBy(decision.rules.costs), closes };
    }
    return {
      series,
      why: null,
      ...extremes(path),
      closedAt: (bars.time[exit]! + bars.stepSeconds) as UtcSeconds,
      closePrice: bars.close[exit] as UsdPerOunce,
      path: settledBy(costs),
      ownPath: settledBy(decision.rules.costs),
      closes,
    };
  }

  #statements(costs: Costs): PastTrade[] {
    const kept = this.statements;
    this.#cover(kept, costs);
    return kept.map((trade) => ({
      ...this.#found.get(keyOf(trade))!,
      key: keyOf(trade),
      source: 'statement',
      symbol: trade.symbol,
      account: trade.account,
      direction: trade.direction,
      openedAt: trade.openedAt,
      openPrice: trade.openPrice,
      taken: trade.size,
      own: null,
      note: '',
      tags: [],
      words: `${trade.symbol} ${trade.account} ${trade.ticket} ${trade.comment}`,
    }));
  }

  /** Looks for trades in the gold series, the one of the shortest bars first. */
  #cover(kept: readonly KeptTrade[], costs: Costs): void {
    let left = kept.filter((trade) => !this.#found.has(keyOf(trade)));
    if (left.length === 0) return;
    const reasons = new Map<string, UncoveredReason>();
    const gold = this.#goldSeries();
    const curveAt = this.#curves(gold);
    const spoke = this.#modelOf(null)?.info.name ?? null;
    // The spread is in the fills already.
    const paid = { ...costs, spread: 0 as UsdPerOunce };
    for (const { name, symbol } of gold) {
      const bars = this.#bars(name, null)!;
      left = left.filter((trade) => {
        if (trade.closedAt === null) return true;
        const covered = coverTrade(bars, trade as FilledTrade, hoursOf(symbol));
        if (typeof covered === 'string') {
          if (reasons.get(keyOf(trade)) !== 'hole') reasons.set(keyOf(trade), covered);
          return true;
        }
        const { least, most } = covered;
        const curve = curveAt(trade);
        const of = (path: SimulationPath) => drawdownOf(path, 0, path.close.length - 1, paid);
        this.#found.set(keyOf(trade), {
          series: name,
          why: null,
          ...extremes(least),
          closedAt: trade.closedAt,
          closePrice: trade.closePrice,
          path: {
            direction: trade.direction,
            entryPrice: trade.openPrice,
            least: of(least),
            most: of(most),
            curve,
            model: curve && spoke,
            taken: trade.size,
          },
        });
        return false;
      });
    }
    for (const trade of left) {
      const why = trade.closedAt === null ? 'open' : (reasons.get(keyOf(trade)) ?? 'no-bars');
      const { closedAt, closePrice } = trade;
      this.#found.set(keyOf(trade), { ...NOT_COVERED, why, closedAt, closePrice });
    }
  }

  /** Real spot gold, shortest bars first. */
  #goldSeries() {
    return this.#rows.series
      .list()
      .filter(({ synthetic, symbol }) => !synthetic && isSpot('gold', symbol))
      .sort((a, b) => TIMEFRAMES[a.timeframe] - TIMEFRAMES[b.timeframe]);
  }

  /** The curve of the model in use at the last bar that had closed before a trade. */
  #curves(gold: readonly { name: string; timeframe: Timeframe }[]) {
    const model = this.#modelOf(null);
    if (!model) return () => null;
    const { barSeconds, exitRule } = model.stored;
    const step = (Object.keys(TIMEFRAMES) as Timeframe[]).find(
      (name) => TIMEFRAMES[name] * 60 === barSeconds,
    );
    const candidates = gold
      .filter(({ timeframe }) => TIMEFRAMES[timeframe] * 60 <= barSeconds)
      .map(({ name }) => (step ? this.#bars(name, step) : null))
      .filter((bars) => bars !== null);
    return ({ openedAt, direction }: KeptTrade): RiskCurve | null => {
      for (const bars of candidates) {
        const at = lastClosedAt(bars, openedAt);
        if (at + 1 < candlesNeeded(exitRule)) continue;
        const closedAt = (bars.time[at]! + bars.stepSeconds) as UtcSeconds;
        // An older bar is not what the trader saw.
        if (openSeconds(INSTRUMENTS.gold.hours, closedAt, openedAt, barSeconds) >= barSeconds)
          continue;
        return model.curve(bars, at, direction);
      }
      return null;
    };
  }

  #bars(name: string, timeframe: Timeframe | null): Bars | null {
    const isStored = this.#rows.series.list().some((series) => series.name === name);
    return isStored ? this.#series.read(name, timeframe).bars : null;
  }
}

/** Worst and best price on the way, as shares of the entry price. */
function extremes({ low, high, close }: SimulationPath) {
  const entry = close[0]!;
  let [worst, best] = [entry, entry];
  for (let at = 1; at < low.length; at++) {
    worst = Math.min(worst, low[at]!);
    best = Math.max(best, high[at]!);
  }
  return {
    adverse: ((entry - worst) / Math.abs(entry)) as Fraction,
    favourable: ((best - entry) / Math.abs(entry)) as Fraction,
  };
}
