import {
  TIMEFRAMES,
  type Clock,
  type ClockChoice,
  type SeriesInfo,
} from '../../contract/series.ts';
import { clockTime, DAY, fixedClock } from '../../domain/time/clock.ts';
import { fillsOf } from '../../journal/clock/clock-fit.ts';
import { isGold } from '../../journal/gold-symbols.ts';
import { inferStatementClock, type StatementClock } from '../../journal/clock/statement-clock.ts';
import type { Statement } from '../../journal/statement.ts';
import type { Store } from '../../store/store.ts';

/** The clock of a statement's times and why, in a sentence; null where it is not known. */
export interface TradesClock {
  readonly clock: Clock | null;
  readonly clockEvidence: string;
  /** What stored bars show of it, and which; null where none cover a fill. */
  readonly shown: ({ readonly series: string } & StatementClock) | null;
}

/** The clock as given, else as the statement names it, else as the bars show it. */
export function clockOfTrades(store: Store, statement: Statement, asked: ClockChoice): TradesClock {
  const shown = shownByBars(store, statement);
  const told = (clock: Clock, why: string): TradesClock => {
    const differs = shown?.clock && shown.clock !== clock;
    const but = differs ? ` The bars look otherwise: ${shown.evidence}` : '';
    return { clock, clockEvidence: `${why}${but}`, shown };
  };
  if (asked !== 'auto') return told(asked, 'As given.');
  const { clockOffset } = statement;
  if (clockOffset !== null) return told(fixedClock(clockOffset), 'As the statement names it.');
  if (shown) return { clock: shown.clock, clockEvidence: shown.evidence, shown };
  return {
    clock: null,
    clockEvidence: `No bars of gold${spanText(statement)} are stored to tell it from.`,
    shown: null,
  };
}

/** By the finest bars that show it; where none do, by those that cover the most fills. */
function shownByBars(store: Store, statement: Statement): TradesClock['shown'] {
  const fills = fillsOf(statement);
  const gold = store.series
    .list()
    .filter((info) => !info.synthetic && isGold(info.symbol) && mayCover(info, fills.time))
    .toSorted((a, b) => TIMEFRAMES[a.timeframe] - TIMEFRAMES[b.timeframe]);
  let most: TradesClock['shown'] = null;
  for (const { name: series } of gold) {
    const shown = { series, ...inferStatementClock(fills, store.series.bars(series)) };
    if (shown.clock !== null) return shown;
    if (shown.fills > (most?.fills ?? 0)) most = shown;
  }
  return most;
}

/** Whether any fill lies in the span of the bars by any clock. */
const mayCover = ({ from, to }: SeriesInfo, shown: Float64Array) =>
  shown.some((time) => time > from - DAY && time < to + 2 * DAY);

function spanText(statement: Statement): string {
  const days = Array.from(fillsOf(statement).time, (time) => clockTime(time).slice(0, 10)).sort();
  return days.length === 0 ? '' : ` of ${days[0]} to ${days.at(-1)}`;
}
