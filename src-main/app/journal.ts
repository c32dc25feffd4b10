import { CodedError } from '../contract/errors.ts';
import { lastClosedAt } from '../domain/bars.ts';
import { isCarried, liquidationPrice } from '../domain/broker.ts';
import { ounces, SIZES } from '../domain/size.ts';
import { inOrder, matching, reviewAll, rowOf, type ReviewedTrade } from '../journal/review.ts';
import { curveOf, passedBy, scoreOf } from '../journal/scores.ts';
import { resultOf } from '../journal/what-if.ts';
import { barColumns } from './desk.ts';
import { PastTrades } from './past-trades.ts';
import {
  CHOOSERS,
  type Chooser,
  type JournalExport,
  type JournalWriting,
  type ReviewAccount,
  type ReviewedTradeView,
  type ReviewPage,
  type ReviewQuery,
  type UncoveredReason,
} from '../contract/journal.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { ModelInfo } from '../contract/schemas.ts';
import type { Store } from '../store/store.ts';
import type { ToldTrade } from './journal-export/columns.ts';
import type { CurveModel } from './model-registry.ts';
import type { SeriesCache } from './series-cache.ts';

/** Points of the scatter: more would cover one another. */
const MOST_POINTS = 2_000;
/** Candles shown before the entry of a trade. */
const BEHIND = 127;

/** The trader's past: what was recommended, what was taken, and what every other size came to. */
export class Journal {
  readonly #store: Store;
  readonly #series: SeriesCache;
  readonly #modelOf: (name: string | null) => CurveModel | null;
  readonly #past: PastTrades;
  /** The last account that was asked about, as long as nothing else changed. */
  #reviewed: { readonly of: string; readonly trades: readonly ReviewedTrade[] } | null = null;

  constructor(
    store: Store,
    series: SeriesCache,
    modelOf: (name: string | null) => CurveModel | null,
  ) {
    this.#store = store;
    this.#series = series;
    this.#modelOf = modelOf;
    this.#past = new PastTrades(store, series, modelOf);
  }

  /** Something was recorded, written or imported. */
  refresh(): void {
    this.#past.refresh();
    this.#reviewed = null;
  }

  /** Bars were imported or another model is in use: all is looked at again. */
  forget(): void {
    this.#past.forget();
    this.#reviewed = null;
  }

  /** Bars came at the end of a series. */
  lookAgain(): void {
    this.#past.lookAgain();
    this.#reviewed = null;
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
    const { past } = reviewed;
    const { path } = past;
    const { equity, rules } = account;
    const statement = this.#past.statements.find((one) => keyOf(one) === key);
    const decision = this.#store.decisions.list().find(({ id }) => `d${id}` === key);
    return {
      row: rowOf(reviewed),
      statement: statement ?? null,
      decision: decision ?? null,
      outcomes: path
        ? SIZES.map((size) => {
            const isFeasible = isCarried(ounces(size), equity, path.entryPrice, rules);
            const result = isFeasible ? resultOf(path, ounces(size), account) : null;
            const price = liquidationPrice(size, equity, path.entryPrice, rules, path.direction);
            return {
              feasible: isFeasible,
              return: result?.return ?? null,
              isLiquidated: result && result.liquidatedAfter >= 0,
              liquidationPrice: isFeasible ? price : null,
            };
          })
        : null,
      bars: this.#barsOf(reviewed),
    };
  }

  /** Writes beside a trade or a decision. Throws `no-past-trade`. */
  write({ key, kind, entry }: JournalWriting, writtenAt: UtcSeconds): void {
    const { decisions, journalEntries } = this.#store;
    const isThere =
      decisions.list().some(({ id }) => `d${id}` === key) ||
      this.#past.statements.some((trade) => keyOf(trade) === key);
    if (!isThere) throw new CodedError('no-past-trade');
    journalEntries.write({ subject: key, kind, writtenAt, entry });
    this.refresh();
  }

  #in(account: ReviewAccount): readonly ReviewedTrade[] {
    const of = JSON.stringify(account);
    if (this.#reviewed?.of === of) return this.#reviewed.trades;
    const kind = this.modelInUse?.kind ?? null;
    const trades = reviewAll(this.#past.list(account.rules.costs), account, kind);
    this.#reviewed = { of, trades };
    return trades;
  }

  /** Candles of a covered trade, with the model's window before it. */
  #barsOf({ past }: ReviewedTrade) {
    const { series, path, openedAt, closedAt, source, key } = past;
    if (!series || !path || closedAt === null) return null;
    const decision = this.#store.decisions.list().find(({ id }) => `d${id}` === key);
    const { bars } = this.#series.read(series, source === 'decision' ? decision!.timeframe : null);
    const entry = lastClosedAt(bars, openedAt);
    const exit = lastClosedAt(bars, (closedAt + bars.stepSeconds - 1) as UtcSeconds);
    const first = Math.max(0, entry - BEHIND);
    return { entry, exit, columns: barColumns(bars, first, Math.min(20_000, exit + 1 - first)) };
  }
}

const keyOf = ({ account, ticket }: { account: string; ticket: string }) => `t${account}:${ticket}`;

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
