import { CodedError } from '../../contract/errors.ts';
import { firstOpeningFrom, pathOf, type Bars } from '../../domain/bars/bars.ts';
import { LEVERAGE_AT_LARGEST, STUDY_RULES } from '../../domain/account/broker.ts';
import { prepareExits } from '../../domain/exits/exits.ts';
import { candlesNeeded } from '../../domain/features/features.ts';
import { randomStream } from '../../domain/stats/random.ts';
import { emptyLadderOutcome, excursion, simulateLadder } from '../../domain/simulate/simulate.ts';
import { ounces, SIZE_COUNT } from '../../domain/size.ts';
import type { ExitRule } from '../../domain/exits/exit-rule.ts';
import type {
  Direction,
  Fraction,
  Money,
  SizeIndex,
  UsdPerOunce,
  UtcSeconds,
} from '../../domain/units.ts';

/** More trades would take minutes and gigabytes, and tell nothing more. */
export const MOST_TRADES = 200_000;

/** Which trades are judged: one long and one short every `every` bars of a span. */
export interface Span {
  readonly bars: Bars;
  readonly exitRule: ExitRule;
  /** Entries at bars that open in [from, to). */
  readonly from: UtcSeconds;
  readonly to: UtcSeconds;
  readonly every: number;
  /** Of the accounts' leverages, and of the holding times of the rule `hold`. */
  readonly seed: number;
}

/** A trade on real bars, in an account of its own, and what every size of it came to. */
export interface JudgedTrade {
  readonly entry: number;
  /** Bar at whose close the rule ends it. */
  readonly exit: number;
  /** Opening of the decision bar. */
  readonly time: UtcSeconds;
  readonly direction: Direction;
  readonly price: UsdPerOunce;
  readonly equity: Money;
  /** Effective leverage at 4.50 oz. */
  readonly leverageMax: number;
  readonly mae: Fraction;
  readonly final: Fraction;
  /** Rungs that margin allows. */
  readonly feasible: number;
  /** Of each of the 30 rungs; 0 and NaN where margin does not allow it. */
  readonly liquidated: Uint8Array;
  readonly returns: Float64Array;
  /** Bar at which each of the 30 sizes is out of the market: liquidated, or the exit. */
  readonly closes: Int32Array;
  /** In hindsight, standing aside included. */
  readonly bestReturn: number;
}

const DIRECTIONS = ['long', 'short'] as const;

/**
 * The trades of a span under the study's broker rules, without costs. An entry closer than the
 * rule's cap to the end of the data is not made. A trade's account does not depend on the span that
 * it is found in. Throws `bad-argument` where there are more than `MOST_TRADES`.
 */
export function judgedTrades({ bars, exitRule, from, to, every, seed }: Span): JudgedTrade[] {
  const exits = prepareExits(bars, exitRule);
  const first = Math.max(firstOpeningFrom(bars, from), candlesNeeded(exitRule) - 1);
  const end = firstOpeningFrom(bars, to);
  const paths = { long: pathOf(bars, 'long'), short: pathOf(bars, 'short') };
  const outcome = emptyLadderOutcome();
  const { from: lowest, to: highest } = LEVERAGE_AT_LARGEST;

  const trades: JudgedTrade[] = [];
  for (let entry = first; entry < end; entry += every) {
    for (const direction of DIRECTIONS) {
      if (!exits.mayEnter(entry, direction)) continue;
      const time = bars.time[entry] as UtcSeconds;
      const random = randomStream(seed, time, DIRECTIONS.indexOf(direction));
      const leverageMax = lowest * (highest / lowest) ** random.uniform();
      const exit = exits.exitOf(entry, direction, random.uniform());
      if (exit < 0) continue;
      if (trades.length === MOST_TRADES) throw tooMany();
      const path = { ...paths[direction], direction };
      const price = bars.close[entry] as UsdPerOunce;
      const equity = ((ounces(SIZE_COUNT as SizeIndex) * price) / leverageMax) as Money;
      simulateLadder(path, entry, exit, equity, STUDY_RULES, outcome);
      const { adverse: mae, final } = excursion(path, entry, exit);
      trades.push({
        entry,
        exit,
        time,
        direction,
        price,
        equity,
        leverageMax,
        mae,
        final,
        feasible: outcome.feasible,
        liquidated: Uint8Array.from(outcome.liquidatedAt, (bar) => (bar >= 0 ? 1 : 0)),
        returns: outcome.returns.slice(),
        closes: outcome.liquidatedAt.map((bar) => (bar >= 0 ? bar : exit)),
        bestReturn: Math.max(0, ...outcome.returns.subarray(0, outcome.feasible)),
      });
    }
  }
  return trades;
}

const tooMany = () =>
  new CodedError('bad-argument', {
    problem: `These are more than ${MOST_TRADES} trades: judge fewer bars, or an entry less often`,
  });
