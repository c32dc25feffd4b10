import type { Bars } from '../../domain/bars/bars.ts';
import { fixedClock, HOUR, MINUTE, clockTime, DAY } from '../../domain/time/clock.ts';
import type { Fraction } from '../../domain/units.ts';
import {
  clockFit,
  differing,
  isAhead,
  shareInside,
  type ClockFit,
  type Fills,
  fillsOf,
} from './clock-fit.ts';
import {
  type Clock,
  TIMEFRAMES,
  type ClockChoice,
  type SeriesInfo,
} from '../../contract/series.ts';
import { isSpot } from '../../domain/instrument.ts';
import type { Statement } from '../statement.ts';
import type { StoredSeries } from '../sources.ts';

/** The clock of a statement's times and why, in a sentence; null where it is not known. */
export interface TradesClock {
  readonly clock: Clock | null;
  readonly clockEvidence: string;
  /** What stored bars show of it, and which; null where none cover a fill. */
  readonly shown: ({ readonly series: string } & StatementClock) | null;
}

/** The clock as given, else as the statement names it, else as the bars show it. */
export function clockOfTrades(
  stored: StoredSeries,
  statement: Statement,
  asked: ClockChoice,
): TradesClock {
  const shown = shownByBars(stored, statement);
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
function shownByBars(stored: StoredSeries, statement: Statement): TradesClock['shown'] {
  const fills = fillsOf(statement);
  const gold = stored
    .list()
    .filter((info) => !info.synthetic && isSpot('gold', info.symbol) && mayCover(info, fills.time))
    .toSorted((a, b) => TIMEFRAMES[a.timeframe] - TIMEFRAMES[b.timeframe]);
  let most: TradesClock['shown'] = null;
  for (const { name: series } of gold) {
    const shown = { series, ...inferStatementClock(fills, stored.bars(series)) };
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

/** The clock that the fills of a statement show, or null, and the evidence. */
export interface StatementClock {
  readonly clock: Clock | null;
  /** In a sentence; where the clock is null, why. */
  readonly evidence: string;
  /** Fills that the bars could be asked about, by the best clock. */
  readonly fills: number;
  /** Share of them inside the bar of their time, by the best clock; null without fills. */
  readonly share: Fraction | null;
  /** The next best clock that reads other times; null where there is none. */
  readonly next: { readonly clock: Clock; readonly share: Fraction } | null;
}

const FEWEST_FILLS = 10;
/** By the right clock nearly all fit (over 97% of real statements'); else it is another market. */
const LEAST_SHARE = 0.9;
/** Clocks that read so many of the fills alike are told apart by too few of them. */
const ALIKE = 0.9;
/** A fixed clock must fit so many more fills than New York's, which most MetaTrader servers keep. */
const MORE_THAN_NEW_YORK = 3;

const FIXED: readonly Clock[] = Array.from({ length: 53 }, (_, i) =>
  fixedClock(i * 30 * MINUTE - 12 * HOUR),
);

/**
 * The clock of a statement from bars of gold of any step: New York + 7 h, or a fixed offset of whole
 * and half hours from -12:00 to +14:00, by which the most fills lie between the low and the high of
 * the bar that covers their time. Null where too few fills are covered, too few fit, or another
 * clock fits about as well.
 */
export function inferStatementClock(fills: Fills, bars: Bars): StatementClock {
  const newYork = clockFit('new-york-close', fills, bars);
  const fits = [newYork, ...FIXED.map((clock) => clockFit(clock, fills, bars))];
  const ranked = fits.toSorted((a, b) => b.inside - a.inside);
  const first = ranked[0]!;
  const isNewYork = isAlike(first, newYork) && first.inside - newYork.inside < MORE_THAN_NEW_YORK;
  const best = isNewYork ? newYork : first;
  const rival = ranked.find((fit) => fit.inside > 0 && !isAlike(best, fit));
  const told = {
    fills: best.asked,
    share: best.asked > 0 ? shareInside(best) : null,
    next: rival ? { clock: rival.clock, share: shareInside(rival) } : null,
  };
  const undecided = (evidence: string) => ({ ...told, clock: null, evidence });

  if (best.asked < FEWEST_FILLS) {
    const covered = best.asked === 0 ? 'No fill lies' : `Only ${best.asked} fills lie`;
    return undecided(`${covered} where there are bars; ${FEWEST_FILLS} are needed.`);
  }
  const fit = `${percent(best)} of ${best.asked} fills lie inside the bars of their time`;
  if (shareInside(best) < LEAST_SHARE) {
    return undecided(
      `Even by the best clock, ${nameOf(best)}, only ${fit}: the bars are of another market.`,
    );
  }
  const against = rival ? `; by the next, ${nameOf(rival)}, ${percent(rival)}` : '';
  if (rival && !isAhead(best, rival, fills, bars.stepSeconds)) {
    return undecided(`No clock is clearly ahead: by ${nameOf(best)}, ${fit}${against}.`);
  }
  const alike = fits.find((other) => other !== best && isAlike(best, other));
  const also = alike ? alikeText(best, alike) : '';
  return { ...told, clock: best.clock, evidence: `${nameOf(best)}: ${fit}${against}${also}.` };
}

const isAlike = (fit: ClockFit, other: ClockFit) =>
  differing(fit, other).asked <= (1 - ALIKE) * fit.asked;

/** Cut to one decimal: 99.96% is not all of them. */
const percent = (fit: ClockFit) => `${Math.floor(shareInside(fit) * 1000) / 10}%`;

function nameOf({ clock }: ClockFit): string {
  if (clock === 'new-york-close') return 'New York + 7 h';
  return clock === 'utc' ? 'UTC' : `UTC${clock}`;
}

/** The bars do not show which of two clocks it is that read their fills alike. */
function alikeText(best: ClockFit, alike: ClockFit): string {
  const { asked, unasked } = differing(best, alike);
  const these = asked === 0 ? 'all of them' : `all but ${asked} of them`;
  const others = unasked === 0 ? '' : `, and ${unasked} fills without bars otherwise`;
  return `; ${nameOf(alike)} would read ${these} the same${others}`;
}
