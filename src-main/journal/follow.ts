import { CodedError } from '../contract/errors.ts';
import type { FollowedTrade, FollowPlan, HoldingHistory } from '../contract/desk.ts';
import { barColumns, pathOf, sliceBars, type Bars } from '../domain/bars/bars.ts';
import { liquidationPrice } from '../domain/account/broker.ts';
import { kindOf, type ExitRule } from '../domain/exits/exit-rule.ts';
import { prepareExits, type Exits } from '../domain/exits/exits.ts';
import {
  emptyLadderOutcome,
  excursion,
  nightsOf,
  simulateLadder,
} from '../domain/simulate/simulate.ts';
import { bestSize } from '../domain/size-class.ts';
import { ounces, SIZES } from '../domain/size.ts';
import type { Direction, SizeIndex, UsdPerOunce, UtcSeconds } from '../domain/units.ts';

/** Candles behind the entry that are told with a settled trade: the model's window and the entry. */
const BEHIND = 127;
/** Entries that a history of holding times is read from. */
const MOST_ENTRIES = 50_000;

/** A position as bars up to `plan.upTo` show it. Throws `bad-argument` for bars that are not there. */
export function followTrade(bars: Bars, plan: FollowPlan): FollowedTrade {
  const { entry, upTo, direction, equity, rules } = plan;
  if (entry > upTo || upTo >= bars.close.length) {
    const problem = `Bars ${entry} to ${upTo} are not all in the series, which has ${bars.close.length}.`;
    throw new CodedError('bad-argument', { problem });
  }
  const exit = exitBar(bars, plan);
  const hasEnded = exit >= 0 && exit <= upTo;
  const last = hasEnded ? exit : upTo;
  const held = sliceBars(bars, entry, last + 1);
  const path = { ...pathOf(held, direction), direction, nights: nightsOf(held) };
  const out = emptyLadderOutcome();
  simulateLadder(path, 0, last - entry, equity, rules, out);
  const { adverse, final } = excursion(path, 0, last - entry);
  const price = bars.close[entry] as UsdPerOunce;
  return {
    exit: hasEnded
      ? { bar: exit, closedAt: (bars.time[exit]! + bars.stepSeconds) as UtcSeconds }
      : null,
    last,
    entryPrice: price,
    adverse,
    move: final,
    outcomes: SIZES.map((size) => {
      const feasible = size <= out.feasible;
      const at = out.liquidatedAt[size - 1]!;
      return {
        feasible,
        liquidatedAt: at < 0 ? null : entry + at,
        return: feasible ? out.returns[size - 1]! : null,
        liquidationPrice: feasible
          ? liquidationPrice(ounces(size), equity, price, rules, direction)
          : null,
      };
    }),
    best: out.feasible === 0 ? null : (bestSize(out) as SizeIndex),
    bars: hasEnded
      ? barColumns(bars, Math.max(0, entry - BEHIND), last + 1 - Math.max(0, entry - BEHIND))
      : null,
  };
}

/**
 * First bar whose close ends the trade, or -1; whether it lies before `upTo` is the caller's to see.
 * A rule of holding times holds for the planned one, or for its middle.
 */
export function exitBar(
  bars: Bars,
  { entry, direction, rule, holding }: Pick<FollowPlan, 'entry' | 'direction' | 'rule' | 'holding'>,
): number {
  if (holding === null || !kindOf(rule).holdsAsPlanned) {
    return exitsOf(bars, rule).exitOf(entry, direction, 0.5);
  }
  const exit = entry + Math.min(holding, rule.cap);
  return exit < bars.close.length ? exit : -1;
}

/** The rule made ready for bars that are asked about again and again. */
const prepared = new WeakMap<Bars, Map<string, Exits>>();

function exitsOf(bars: Bars, rule: ExitRule): Exits {
  const ofBars = prepared.get(bars) ?? new Map<string, Exits>();
  const key = JSON.stringify(rule);
  const exits = ofBars.get(key) ?? prepareExits(bars, rule);
  prepared.set(bars, ofBars.set(key, exits));
  return exits;
}

/**
 * How long the trades of a rule lasted, one from every bar of entry as in training. An entry counts
 * where even the longest trade would have ended by `bar`, so that long trades are not left out.
 */
export function holdingHistory(
  bars: Bars,
  bar: number,
  direction: Direction,
  rule: ExitRule,
): HoldingHistory {
  const exits = exitsOf(bars, rule);
  const lengths: number[] = [];
  for (let at = Math.max(0, bar - rule.cap - MOST_ENTRIES); at + rule.cap <= bar; at++) {
    if (!exits.mayEnter(at, direction)) continue;
    lengths.push(exits.exitOf(at, direction, (at * GOLDEN_RATIO) % 1) - at);
  }
  lengths.sort((a, b) => a - b);
  const quantile = (share: number) => lengths[Math.floor(share * (lengths.length - 1))]!;
  return {
    trades: lengths.length,
    bars:
      lengths.length === 0
        ? null
        : { low: quantile(0.1), median: quantile(0.5), high: quantile(0.9) },
  };
}

/** Spreads the draws of holding times evenly without chance. */
const GOLDEN_RATIO = 0.618_033_988_75;
