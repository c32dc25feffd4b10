import { csvLine } from '../../domain/csv.ts';
import { firstOpeningFrom, pathOf, type Bars } from '../../domain/bars/bars.ts';
import { prepareExits } from '../../domain/exits/exits.ts';
import {
  emptyLadderOutcome,
  excursion,
  nightsOf,
  simulateLadder,
  type Trade,
} from '../../domain/simulate/simulate.ts';
import { ounces, SIZES } from '../../domain/size.ts';
import { randomStream } from '../../domain/stats/random.ts';
import { isoTime } from '../../domain/time/time.ts';
import { csvText, writeWhole } from '../folder/files.ts';
import type { BrokerRules } from '../../domain/account/broker.ts';
import type { ExitRule } from '../../domain/exits/exit-rule.ts';
import type { Direction, Money, UtcSeconds } from '../../domain/units.ts';

interface SimulationPlan {
  readonly rule: ExitRule;
  readonly from: UtcSeconds;
  readonly to: UtcSeconds;
  /** An entry in both directions at every n-th bar. */
  readonly every: number;
  readonly equity: Money;
  readonly rules: BrokerRules;
  /** Decides the holding times of the rule `hold`. */
  readonly seed: number;
}

/** A simulated trade on real bars with the outcome of all 30 sizes. */
interface SimulatedTrade extends Trade {
  readonly adverse: number;
  readonly final: number;
  readonly returns: readonly number[];
  readonly liquidated: readonly boolean[];
}

const DIRECTIONS: readonly Direction[] = ['long', 'short'];

/** Every trade that the rule allows between two times, in order of entry. */
function* simulateTrades(bars: Bars, plan: SimulationPlan): Generator<SimulatedTrade> {
  const exits = prepareExits(bars, plan.rule);
  const nights = nightsOf(bars);
  const paths = {
    long: { ...pathOf(bars, 'long'), direction: 'long' as const, nights },
    short: { ...pathOf(bars, 'short'), direction: 'short' as const, nights },
  };
  const holding = randomStream(plan.seed);
  const out = emptyLadderOutcome();
  const end = firstOpeningFrom(bars, plan.to);
  for (let entry = firstOpeningFrom(bars, plan.from); entry < end; entry += plan.every) {
    for (const direction of DIRECTIONS) {
      const draw = holding.uniform();
      if (!exits.mayEnter(entry, direction)) continue;
      const exit = exits.exitOf(entry, direction, draw);
      if (exit < 0) continue;
      simulateLadder(paths[direction], entry, exit, plan.equity, plan.rules, out);
      yield {
        entry,
        exit,
        direction,
        ...excursion(paths[direction], entry, exit),
        returns: [...out.returns],
        liquidated: SIZES.map((size) => out.liquidatedAt[size - 1]! >= 0),
      };
    }
  }
}

const HEADER = [
  'entry_time',
  'direction',
  'entry_price',
  'exit_time',
  'exit_price',
  'bars',
  'mae',
  'final_return',
  ...SIZES.map((size) => `return_${ounces(size).toFixed(2)}`),
  ...SIZES.map((size) => `liquidated_${ounces(size).toFixed(2)}`),
];

/**
 * Simulated trades as CSV. Times are the openings of the entry and exit bars in UTC; `mae` and
 * `final_return` are shares of the entry price; the returns of the 30 sizes are shares of equity,
 * empty where margin does not allow the size.
 */
export function writeTrades(file: string, bars: Bars, plan: SimulationPlan): { trades: number } {
  const rows = Array.from(simulateTrades(bars, plan), (trade) =>
    csvLine([
      isoTime(bars.time[trade.entry]!),
      trade.direction,
      bars.close[trade.entry]!,
      isoTime(bars.time[trade.exit]!),
      bars.close[trade.exit]!,
      trade.exit - trade.entry,
      trade.adverse,
      trade.final,
      ...trade.returns.map((share) => (Number.isNaN(share) ? null : share)),
      ...trade.liquidated.map((is, i) => (Number.isNaN(trade.returns[i]) ? null : Number(is))),
    ]),
  );
  writeWhole(file, csvText([csvLine(HEADER), ...rows]));
  return { trades: rows.length };
}
