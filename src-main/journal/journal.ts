import { FALSE_ALARM_RATE, watch } from '../domain/risk/alarm.ts';
import { CorrectedLimits } from '../domain/risk/correction.ts';
import { CodedError } from '../contract/errors.ts';
import { barColumns, lastClosedAt } from '../domain/bars/bars.ts';
import { isFittedTo } from '../domain/held-out.ts';
import { settleLadder } from '../domain/risk/ladder.ts';
import { ounces } from '../domain/size.ts';
import {
  inOrder,
  matching,
  reviewAll,
  rowOf,
  type LimitInForce,
  type ReviewedTrade,
  type ToldTrade,
} from './review.ts';
import { curveOf, passedBy, scoreOf } from './scores.ts';
import { resultOf, type Account, type SettledPath } from './what-if.ts';
import { PastTrades } from './past-trades.ts';
import { SettledDecisions } from './settled.ts';
import type { PastTrade } from './past-trade.ts';
import { CHOOSERS, type Chooser } from '../contract/journal-words.ts';
import type {
  AlarmState,
  JournalExport,
  JournalWriting,
  ReviewAccount,
  ReviewedTradeView,
  ReviewPage,
  ReviewQuery,
  UncoveredReason,
} from '../contract/journal.ts';
import type { EventName } from '../contract/events.ts';
import type { DeskBar } from '../contract/desk.ts';
import type { ModelInfo } from '../contract/models.ts';
import type { SeriesInfo, Timeframe } from '../contract/series.ts';
import type { Direction, UtcSeconds } from '../domain/units.ts';
import { keyOf, type JournalRows, type ModelNamed, type SeriesInSteps } from './sources.ts';

/** Points of the scatter: more would cover one another. */
const MOST_POINTS = 2_000;
/** Candles shown before the entry of a trade. */
const BEHIND = 127;

/** When a watch began, and the last decision that does not belong to it. */
interface Watched {
  readonly from: UtcSeconds;
  readonly after: number;
}

/** A decision whose recommended size came to an end, and the instrument that it was made on. */
interface EndedDecision {
  readonly direction: Direction;
  readonly series: SeriesInfo;
  readonly endedAt: UtcSeconds;
  readonly liquidated: boolean;
}

/** The trader's past: what was recommended, what was taken, and what every other size came to. */
export class Journal {
  readonly #rows: JournalRows;
  readonly #series: SeriesInSteps;
  readonly #modelOf: ModelNamed;
  readonly #past: PastTrades;
  readonly #settled: SettledDecisions;
  /** The last account that was asked about, as long as nothing else changed. */
  #reviewed: { readonly of: string; readonly trades: readonly ReviewedTrade[] } | null = null;
  /** Decisions that ended, the first to end first: the desk asks at every bar. */
  #ended: readonly EndedDecision[] | null = null;

  constructor(rows: JournalRows, series: SeriesInSteps, modelOf: ModelNamed) {
    this.#rows = rows;
    this.#series = series;
    this.#modelOf = modelOf;
    this.#past = new PastTrades(rows, series, modelOf);
    this.#settled = new SettledDecisions(rows.journalEntries);
  }

  /** Looks again at what an event changed; whether it changed anything here. */
  hears(name: EventName): boolean {
    if (name === 'series.changed' || name === 'models.changed') this.#forget();
    else if (name === 'series.grew') this.#lookAgain();
    else if (name === 'decisions.changed' || name === 'journal.changed') this.#refresh();
    else return false;
    return true;
  }

  /** Something was recorded, written or imported. */
  #refresh(): void {
    this.#past.refresh();
    this.#reviewed = this.#ended = null;
  }

  /** Bars were imported or another model is in use: all is looked at again. */
  #forget(): void {
    this.#past.forget();
    this.#reviewed = this.#ended = null;
  }

  /** Bars came at the end of a series. */
  #lookAgain(): void {
    this.#past.lookAgain();
    this.#reviewed = this.#ended = null;
  }

  /** Keeps what decisions that have ended came to. Throws `folder-unusable`. */
  settle(now: UtcSeconds): void {
    this.#settled.keep(this.#past.decisions, now);
  }

  /**
   * Of decisions on an instrument that had ended by a moment, in the order of their ends, whether the
   * size recommended was liquidated: what the online correction of the limit learns from.
   */
  resolved(info: SeriesInfo, by: UtcSeconds): DeskBar['resolved'] {
    this.#ended ??= this.#endedDecisions();
    const counted = this.#ended.filter(
      ({ endedAt, series }) => endedAt <= by && isOn(series, info),
    );
    const of = (side: Direction) =>
      counted.filter(({ direction }) => direction === side).map(({ liquidated }) => liquidated);
    return { long: of('long'), short: of('short') };
  }

  /** The limits that `resolved` leads to on the desk, for trades in the order of their entries. */
  #limitInForce(): LimitInForce {
    const ended = (this.#ended ??= this.#endedDecisions());
    const stored = new Map(this.#rows.series.list().map((series) => [series.name, series]));
    const ofInstrument = new Map<string, CorrectedLimits>();
    return ({ series, direction, openedAt }, nominal) => {
      const info = stored.get(series ?? '');
      if (!info) return nominal;
      const key = `${info.symbol} ${info.synthetic} ${nominal}`;
      let limits = ofInstrument.get(key);
      if (!limits) {
        ofInstrument.set(key, (limits = new CorrectedLimits(nominal)));
        for (const { endedAt: closedAt, ...one } of ended) {
          if (isOn(one.series, info)) limits.add({ ...one, closedAt });
        }
      }
      return limits.at(openedAt, direction);
    };
  }

  #endedDecisions(): EndedDecision[] {
    const stored = new Map(this.#rows.series.list().map((series) => [series.name, series]));
    return this.#past.decisions
      .flatMap((past) => {
        const series = stored.get(past.series ?? '');
        const end = endOf(past);
        return end && series ? [{ direction: past.direction, series, ...end }] : [];
      })
      .sort((a, b) => a.endedAt - b.endedAt);
  }

  /** Whether recorded decisions are liquidated more often than was promised. */
  alarm(): AlarmState {
    const begun = this.#watch();
    const recorded = new Map(this.#rows.decisions.list().map((one) => [`d${one.id}`, one]));
    const promised = this.#past.decisions.flatMap((past) => {
      const { id, pLiquidation, closedAt: enteredAt } = recorded.get(past.key)!;
      if (pLiquidation === null || id <= (begun?.after ?? 0)) return [];
      const { endedAt: closedAt = null, liquidated = false } = endOf(past) ?? {};
      return [{ enteredAt, closedAt, promised: pLiquidation, liquidated }];
    });
    const found = watch(promised);
    const watched = found.kind === 'watch' ? found : null;
    return {
      trades: watched?.trades ?? 0,
      expected: watched?.expected ?? 0,
      realised: watched?.realised ?? 0,
      evidence: watched?.steps.at(-1)?.evidence ?? 1,
      isFired: watched !== null && watched.firedAt !== null,
      falseAlarmRate: FALSE_ALARM_RATE,
      since: begun?.from ?? null,
    };
  }

  /** Begins a new watch. */
  watchAnew(from: UtcSeconds): void {
    const { decisions, journalEntries } = this.#rows;
    const entry: Watched = { from, after: decisions.list()[0]?.id ?? 0 };
    journalEntries.write({ subject: 'alarm', kind: 'watch', writtenAt: from, entry });
  }

  #watch(): Watched | null {
    const begun = this.#rows.journalEntries.newest('watch').get('alarm');
    return (begun?.entry as Watched | undefined) ?? null;
  }

  /** Does the long part of the next review, export or look at a trade, and lets others have their turn. */
  lookAhead({ rules }: ReviewAccount): Promise<void> {
    return this.#past.lookAhead(rules.costs);
  }

  /** Past trades in an account: a page of them, and what all of the filter came to. */
  review({ account, filter, sort, first, count }: ReviewQuery): ReviewPage {
    const all = this.#in(account);
    const found = inOrder(matching(all, filter), sort.by, sort.descending);
    const judged = matching(all, filter, true);
    const of = <Value>(make: (chooser: Chooser) => Value) =>
      Object.fromEntries(CHOOSERS.map((chooser) => [chooser, make(chooser)])) as {
        readonly [Name in Chooser]: Value;
      };
    const passed = of((chooser) => passedBy(judged, chooser));
    return {
      total: all.length,
      matching: found.length,
      rows: found.slice(first, first + count).map(rowOf),
      scores: of((chooser) => scoreOf(passed[chooser])),
      curves: of((chooser) => curveOf(passed[chooser])),
      fittedTo: passed.recommended.filter(({ trade }) => isFittedTo(trade.past.openedAt)).length,
      unknown: countsOf(judged.map(({ why }) => why).filter((why) => why !== null)),
      accounts: accountsOf(this.#past.statements),
      scatter: scatterOf(judged),
    };
  }

  /** All past trades of a filter in its order, with what brokers told of them. */
  told({ account, filter, sort }: JournalExport['query']): ToldTrade[] {
    const statements = new Map(this.#past.statements.map((trade) => [keyOf(trade), trade]));
    const found = inOrder(matching(this.#in(account), filter), sort.by, sort.descending);
    return found.map((reviewed) => ({
      ...reviewed,
      statement: statements.get(reviewed.past.key) ?? null,
    }));
  }

  get modelInUse(): ModelInfo | null {
    return this.#modelOf(null)?.info ?? null;
  }

  /** One trade with every size. Throws `no-past-trade`. */
  trade(key: string, account: ReviewAccount): ReviewedTradeView {
    const reviewed = this.#in(account).find(({ past }) => past.key === key);
    if (!reviewed) throw new CodedError('no-past-trade');
    const { past, met } = reviewed;
    const statement = this.#past.statements.find((one) => keyOf(one) === key);
    const decision = this.#rows.decisions.list().find(({ id }) => `d${id}` === key);
    const bars = this.#barsOf(past, decision?.timeframe ?? null);
    return {
      row: rowOf(reviewed),
      statement: statement ?? null,
      decision: decision ?? null,
      settledAt: this.#settled.settledAt(past),
      outcomes: met.path && bars && this.#outcomes(met.path, bars, met.account),
      limit: met.account.limit,
      bars,
    };
  }

  /** Writes beside a trade or a decision. Throws `no-past-trade`. */
  write({ key, kind, entry }: JournalWriting, writtenAt: UtcSeconds): void {
    const { decisions, journalEntries } = this.#rows;
    const isThere =
      decisions.list().some(({ id }) => `d${id}` === key) ||
      this.#past.statements.some((trade) => keyOf(trade) === key);
    if (!isThere) throw new CodedError('no-past-trade');
    journalEntries.write({ subject: key, kind, writtenAt, entry });
  }

  #in(account: ReviewAccount): readonly ReviewedTrade[] {
    const of = JSON.stringify(account);
    if (this.#reviewed?.of === of) return this.#reviewed.trades;
    const trades = reviewAll(this.#past.list(account.rules.costs), account, this.#limitInForce());
    this.#reviewed = { of, trades };
    return trades;
  }

  #outcomes(
    path: SettledPath,
    { entry, exit }: NonNullable<ReviewedTradeView['bars']>,
    { equity, rules }: Account,
  ): ReviewedTradeView['outcomes'] {
    const { entryPrice: price, direction, curve } = path;
    return settleLadder(curve, { price, equity, direction, rules }).map((rung) => {
      const { size, feasible, pLiquidation } = rung;
      const result = feasible ? resultOf(path, ounces(size), { equity, rules }) : null;
      const after = result?.liquidatedAfter ?? -1;
      return {
        feasible,
        isKnown: result !== null,
        liquidatedAt: after < 0 ? null : Math.min(exit, entry + after),
        return: result?.return ?? null,
        liquidationPrice: feasible ? rung.liquidationPrice : null,
        pLiquidation,
      };
    });
  }

  /** Candles of a covered trade, with the model's window before it. */
  #barsOf({ series, path, openedAt, closedAt }: PastTrade, timeframe: Timeframe | null) {
    if (!series || !path || closedAt === null) return null;
    const { bars } = this.#series.read(series, timeframe);
    const entry = lastClosedAt(bars, openedAt);
    const exit = lastClosedAt(bars, (closedAt + bars.stepSeconds - 1) as UtcSeconds);
    const first = Math.max(0, entry - BEHIND);
    return { entry, exit, columns: barColumns(bars, first, Math.min(20_000, exit + 1 - first)) };
  }
}

const isOn = (one: SeriesInfo, other: SeriesInfo) =>
  one.symbol === other.symbol && one.synthetic === other.synthetic;

/** How the recommended size of a decision ended, and when: by its exit, or before it by liquidation. */
function endOf({ own, closedAt }: PastTrade): { endedAt: UtcSeconds; liquidated: boolean } | null {
  const path = own?.path ?? own?.running;
  if (!own || !path || own.recommended === null) return null;
  const after = resultOf(path, ounces(own.recommended), own.account)?.liquidatedAfter ?? -1;
  if (after >= 0) return { endedAt: own.closes![after] as UtcSeconds, liquidated: true };
  return own.path && closedAt !== null ? { endedAt: closedAt, liquidated: false } : null;
}

function countsOf(reasons: readonly UncoveredReason[]): Partial<Record<UncoveredReason, number>> {
  const counts: Partial<Record<UncoveredReason, number>> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function accountsOf(trades: readonly { account: string; currency: string }[]) {
  const currencies = new Map(trades.map(({ account, currency }) => [account, currency]));
  return [...currencies].map(([name, currency]) => ({ name, currency }));
}

/** Evenly spread over the trades where they are too many to draw. */
function scatterOf(trades: readonly ReviewedTrade[]): ReviewPage['scatter'] {
  const known = trades.filter(({ past }) => past.adverse !== null && past.favourable !== null);
  const every = Math.ceil(known.length / MOST_POINTS);
  return known
    .filter((_, i) => i % every === 0)
    .map(({ past, outcome }) => ({
      adverse: past.adverse!,
      favourable: past.favourable!,
      liquidated: outcome === 'liquidated',
    }));
}
