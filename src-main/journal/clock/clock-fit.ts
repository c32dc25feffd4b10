import type { Clock } from '../../contract/series.ts';
import { firstOpeningAfter, type Bars } from '../../domain/bars/bars.ts';
import { DAY, toUtc } from '../../domain/time/clock.ts';
import type { Fraction, UtcSeconds } from '../../domain/units.ts';
import type { Statement } from '../statement.ts';

/** Entries and closes (stop-outs too) of trades of gold: times as shown, prices in dollars. */
export interface Fills {
  readonly time: Float64Array;
  readonly price: Float64Array;
}

export function fillsOf({ closed, open }: Pick<Statement, 'closed' | 'open'>): Fills {
  const entries = [...closed, ...open];
  return {
    time: Float64Array.from([
      ...entries.map(({ openedAt }) => openedAt),
      ...closed.map(({ closedAt }) => closedAt),
    ]),
    price: Float64Array.from([
      ...entries.map(({ openPrice }) => openPrice),
      ...closed.map(({ closePrice }) => closePrice),
    ]),
  };
}

/** What bars say about a fill. */
const [UNASKED, OUTSIDE, INSIDE] = [0, 1, 2] as const;

/** Fills as a clock reads them, held against bars. */
export interface ClockFit {
  readonly clock: Clock;
  /** Of each fill, and whether it lies inside the bar that covers this time. */
  readonly utc: Float64Array;
  readonly verdict: Uint8Array;
  /** Fills that the bars could be asked about, and those inside. */
  readonly asked: number;
  readonly inside: number;
}

/**
 * Bars show bids; a statement also has asks, and other brokers' prices differ by cents. 0.03% is
 * $0.60 at $2,000: wider than gold's spread at all but the wildest minutes, far under the range of
 * an hour, so that a wrong clock still puts fills outside.
 */
const TOLERANCE = 0.0003;
/** In a longer hole bars are missing; in a shorter one the market was closed, and nothing was filled. */
const LONGEST_CLOSURE = 4 * DAY;

export function clockFit(clock: Clock, { time, price }: Fills, bars: Bars): ClockFit {
  const utc = toUtc(time, clock);
  const verdict = Uint8Array.from(utc, (at, i) => verdictOn(at as UtcSeconds, price[i]!, bars));
  const count = (wanted: number) => verdict.reduce((sum, one) => sum + Number(one === wanted), 0);
  const inside = count(INSIDE);
  return { clock, utc, verdict, asked: inside + count(OUTSIDE), inside };
}

function verdictOn(time: UtcSeconds, price: number, bars: Bars): number {
  const after = firstOpeningAfter(bars, time);
  const bar = after - 1;
  if (bar < 0) return UNASKED;
  const end = bars.time[bar]! + bars.stepSeconds;
  if (time >= end) {
    const isClosure = after < bars.time.length && bars.time[after]! - end <= LONGEST_CLOSURE;
    return isClosure ? OUTSIDE : UNASKED;
  }
  const [low, high] = [bars.low[bar]! * (1 - TOLERANCE), bars.high[bar]! * (1 + TOLERANCE)];
  return price >= low && price <= high ? INSIDE : OUTSIDE;
}

export const shareInside = ({ inside, asked }: ClockFit) => (inside / asked) as Fraction;

/** Fills that two clocks read otherwise: of those that the first was asked about, and of the others. */
export function differing(fit: ClockFit, other: ClockFit): { asked: number; unasked: number } {
  let [asked, unasked] = [0, 0];
  fit.utc.forEach((time, i) => {
    if (time === other.utc[i]) return;
    if (fit.verdict[i] === UNASKED) unasked++;
    else asked++;
  });
  return { asked, unasked };
}

/**
 * Whether a clock fits better than a rival by three standard deviations of a sign test on the
 * stretches, a bar long, in which the two differ: fills within one bar say the same thing once.
 */
export function isAhead(best: ClockFit, rival: ClockFit, { time }: Fills, step: number): boolean {
  const balance = new Map<number, number>();
  time.forEach((shown, i) => {
    if (best.verdict[i] === UNASKED || rival.verdict[i] === UNASKED) return;
    const stretch = Math.floor(shown / step);
    const vote = best.verdict[i]! - rival.verdict[i]!;
    balance.set(stretch, (balance.get(stretch) ?? 0) + vote);
  });
  const votes = [...balance.values()].map(Math.sign);
  const lead = votes.reduce((sum, vote) => sum + vote, 0);
  return lead > 0 && lead ** 2 >= 9 * votes.filter(Boolean).length;
}
