import { firstOpeningAfter, pathOf, type Bars } from '../domain/bars/bars.ts';
import { gapsIn } from '../domain/bars/gaps.ts';
import type { MarketHours } from '../domain/time/market-hours.ts';
import { nightsOf, type SimulationPath } from '../domain/simulate/simulate.ts';
import type { Direction, UsdPerOunce, UtcSeconds } from '../domain/units.ts';

/** A trade between two fills, both inside bars. */
export interface FilledTrade {
  readonly direction: Direction;
  readonly openedAt: UtcSeconds;
  readonly openPrice: UsdPerOunce;
  readonly closedAt: UtcSeconds;
  readonly closePrice: UsdPerOunce;
}

/** Why bars say nothing of a trade. */
export type Uncovered =
  /** It began before the first bar, ended after the last, or in hours without bars. */
  | 'no-bars'
  /** Bars are missing on its way. */
  | 'hole'
  /** Its fills lie outside their bars: another clock, or another instrument. */
  | 'fills-outside';

/**
 * What bars show of a trade whose fills lie inside them: at least the bars between (`least`), at most
 * those of both fills as well (`most`), as nobody knows what came before a fill and what after it.
 */
export interface CoveredTrade {
  readonly least: SimulationPath;
  readonly most: SimulationPath;
  /** Bar of the entry's fill and of the exit's. */
  readonly first: number;
  readonly last: number;
}

/** Fills outside their bar by no more than this share of the price are inside: spread and rounding. */
const TOLERANCE = 0.0005;

/** The trade on these bars, or why they say nothing of it. */
export function coverTrade(
  bars: Bars,
  trade: FilledTrade,
  hours: MarketHours,
): CoveredTrade | Uncovered {
  const first = barAt(bars, trade.openedAt);
  const last = barAt(bars, trade.closedAt);
  if (first < 0 || last < 0) return 'no-bars';
  if (gapsIn(bars.time, first, last, bars.stepSeconds, hours).length > 0) return 'hole';
  const areInside =
    isInside(bars, first, trade.openPrice) && isInside(bars, last, trade.closePrice);
  if (!areInside) return 'fills-outside';
  return {
    least: pathBetween(bars, trade, first + 1, last - 1),
    most: pathBetween(bars, trade, first, last),
    first,
    last,
  };
}

/** The bar that holds a moment, or -1. */
function barAt({ time, stepSeconds, ...bars }: Bars, moment: UtcSeconds): number {
  const at = firstOpeningAfter({ time, stepSeconds, ...bars }, moment) - 1;
  return at >= 0 && moment < time[at]! + stepSeconds ? at : -1;
}

const isInside = ({ low, high }: Bars, at: number, price: number) =>
  price >= low[at]! * (1 - TOLERANCE) && price <= high[at]! * (1 + TOLERANCE);

/** The entry's fill, bars `from` to `to`, and the exit's fill, as bars of their own. */
function pathBetween(bars: Bars, trade: FilledTrade, from: number, to: number): SimulationPath {
  const { direction, openedAt, openPrice, closedAt, closePrice } = trade;
  const length = Math.max(0, to - from + 1);
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') => {
    const values = new Float64Array(length + 2);
    values.set(bars[name].subarray(from, from + length), 1);
    values[0] = openPrice;
    values[length + 1] = closePrice;
    return values;
  };
  const time = new Float64Array(length + 2);
  time.set(bars.time.subarray(from, from + length), 1);
  time[0] = openedAt;
  time[length + 1] = closedAt;
  const open = column('open');
  // The bar of the entry's fill opened before it: nothing was held over that opening.
  if (length > 0 && bars.time[from]! < openedAt) open[1] = openPrice;
  const held: Bars = {
    stepSeconds: bars.stepSeconds,
    time,
    open,
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
  return { ...pathOf(held, direction), direction, nights: nightsOf(held) };
}
