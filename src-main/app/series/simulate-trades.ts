import { firstOpeningFrom, pathOf, type Bars } from '../../domain/bars/bars.ts';
import { prepareExits } from '../../domain/exits/exits.ts';
import {
  emptyLadderOutcome,
  excursion,
  nightsOf,
  simulateLadder,
  type Trade,
} from '../../domain/simulate/simulate.ts';
import { randomStream } from '../../domain/stats/random.ts';
import { SIZES } from '../../domain/size.ts';
import type { BrokerRules } from '../../domain/account/broker.ts';
import type { ExitRule } from '../../domain/exits/exit-rule.ts';
import type { Direction, Money, UtcSeconds } from '../../domain/units.ts';

export interface SimulationPlan {
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
export interface SimulatedTrade extends Trade {
  readonly adverse: number;
  readonly final: number;
  readonly returns: readonly number[];
  readonly liquidated: readonly boolean[];
}

const DIRECTIONS: readonly Direction[] = ['long', 'short'];

/** Every trade that the rule allows between two times, in order of entry. */
export function* simulateTrades(bars: Bars, plan: SimulationPlan): Generator<SimulatedTrade> {
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
