import { CodedError } from '../contract/errors.ts';
import { pathOf } from '../domain/bars/bars.ts';
import { STUDY_RULES, type BrokerRules } from '../domain/account/broker.ts';
import { exp, log } from '../domain/stats/exact-math.ts';
import { exitRuleText } from '../domain/exits/exit-rule.ts';
import { prepareExits } from '../domain/exits/exits.ts';
import { randomStream, type Random } from '../domain/stats/random.ts';
import { emptyLadderOutcome, excursion, simulateLadder } from '../domain/simulate/simulate.ts';
import { ounces, SIZE_COUNT } from '../domain/size.ts';
import { bestSize, sizeClassOf } from '../domain/size-class.ts';
import type { Exits } from '../domain/exits/exits.ts';
import type { SimulationPath, Trade } from '../domain/simulate/simulate.ts';
import type { Money, SizeIndex } from '../domain/units.ts';
import type { SyntheticMarket } from '../synth/market.ts';
import { emptyColumns, type TradeColumns } from './columns.ts';
import { entryBars, type DrawSpec } from './spec.ts';

/** Entries tried until the rule allows one. A rule that refuses so many never lets a trade begin. */
const ATTEMPTS = 10_000;
/** Key of a path's stream of trades, beside the stream of its candles. */
const TRADES = 1;
const LARGEST = ounces(SIZE_COUNT as SizeIndex);

/** The account that synthetic trades are simulated for. */
export const rulesOf = (spec: DrawSpec): BrokerRules => ({
  ...STUDY_RULES,
  leverage: spec.brokerLeverage,
});

/** Equity at entry, for the effective leverage that 4.50 oz then have. */
export const equityAt = (entryPrice: number, leverageMax: number) =>
  ((LARGEST * entryPrice) / leverageMax) as Money;

/**
 * The first `count` trades of one path, the outcome of all 30 sizes with them. They depend on seed
 * and path alone, never on the paths drawn before.
 */
export function drawTrades(
  market: SyntheticMarket,
  spec: DrawSpec,
  path: number,
  count = spec.tradesAPath,
): TradeColumns {
  const bars = market.path(spec.seed, path, spec.pathBars);
  const exits = prepareExits(bars, spec.exit);
  const rules = rulesOf(spec);
  const paths: Record<Trade['direction'], SimulationPath> = {
    long: { ...pathOf(bars, 'long'), direction: 'long' },
    short: { ...pathOf(bars, 'short'), direction: 'short' },
  };
  const random = randomStream(spec.seed, path, TRADES);
  const outcome = emptyLadderOutcome();
  const drawn = emptyColumns(count, count * SIZE_COUNT);
  let liquidations = 0;
  for (let i = 0; i < count; i++) {
    const { entry, exit, direction } = drawEntry(exits, spec, random);
    const { from, to } = spec.leverage;
    const leverageMax = from * exp(random.uniform() * log(to / from));
    const { adverse, final } = excursion(paths[direction], entry, exit);
    const entryPrice = bars.close[entry]!;
    simulateLadder(
      paths[direction],
      entry,
      exit,
      equityAt(entryPrice, leverageMax),
      rules,
      outcome,
    );
    const { feasible, liquidatedAt, returns } = outcome;
    let survivors = feasible;
    while (survivors > 0 && liquidatedAt[survivors - 1]! >= 0) survivors--;
    const best = bestSize(outcome);
    drawn.path[i] = path;
    drawn.entry[i] = entry;
    drawn.exit[i] = exit;
    drawn.short[i] = direction === 'short' ? 1 : 0;
    drawn.leverageMax[i] = leverageMax;
    drawn.entryPrice[i] = entryPrice;
    drawn.mae[i] = adverse;
    drawn.final[i] = final;
    drawn.best[i] = best;
    drawn.sizeClass[i] = sizeClassOf(best);
    drawn.feasible[i] = feasible;
    drawn.survivors[i] = survivors;
    for (let size = survivors + 1; size <= feasible; size++, liquidations++) {
      drawn.liquidatedAt[liquidations] = liquidatedAt[size - 1]!;
      drawn.liquidatedReturn[liquidations] = returns[size - 1]!;
    }
  }
  return {
    ...drawn,
    liquidatedAt: drawn.liquidatedAt.subarray(0, liquidations),
    liquidatedReturn: drawn.liquidatedReturn.subarray(0, liquidations),
  };
}

function drawEntry(exits: Exits, spec: DrawSpec, random: Random): Trade {
  const { first, last } = entryBars(spec);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const direction = random.uniform() < 0.5 ? 'long' : 'short';
    const entry = first + random.integerBelow(last - first + 1);
    const holding = random.uniform();
    if (exits.mayEnter(entry, direction)) {
      return { entry, direction, exit: exits.exitOf(entry, direction, holding) };
    }
  }
  throw new CodedError('bad-argument', {
    problem: `The exit rule ${exitRuleText(spec.exit)} lets no trade begin`,
  });
}
