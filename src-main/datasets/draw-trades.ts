import { CodedError } from '../contract/errors.ts';
import { pathOf } from '../domain/bars.ts';
import { STUDY_RULES } from '../domain/broker.ts';
import { exp, log } from '../domain/exact-math.ts';
import { exitRuleText } from '../domain/exit-rule.ts';
import { prepareExits } from '../domain/exits.ts';
import { randomStream, type Random } from '../domain/random.ts';
import { emptyLadderOutcome, excursion, simulateLadder } from '../domain/simulate.ts';
import { ounces, SIZE_COUNT } from '../domain/size.ts';
import type { Exits } from '../domain/exits.ts';
import type { LadderOutcome, SimulationPath, Trade } from '../domain/simulate.ts';
import type { Money, SizeIndex } from '../domain/units.ts';
import type { SyntheticMarket } from '../synth/market.ts';
import { entryBars, type DatasetSpec } from './spec.ts';
import type { TradeColumns } from './columns.ts';

/** Entries tried until the rule allows one. A rule that refuses so many never lets a trade begin. */
const ATTEMPTS = 10_000;
/** Key of a path's stream of trades, beside the stream of its candles. */
const TRADES = 1;
/** Best sizes up to these belong to the class small (1.50 oz) and to mid (3.00 oz). */
const LARGEST_SMALL = 10;
const LARGEST_MID = 20;

/**
 * Draws the trades of one path into the columns from `row` on: as many as a path has and the columns
 * have room for. A trade depends on seed and path alone, never on the paths drawn before.
 */
export function drawTrades(
  market: SyntheticMarket,
  spec: DatasetSpec,
  path: number,
  columns: TradeColumns,
  row: number,
): void {
  const bars = market.path(spec.seed, path, spec.pathBars);
  const exits = prepareExits(bars, spec.exit);
  const paths: Record<Trade['direction'], SimulationPath> = {
    long: { ...pathOf(bars, 'long'), direction: 'long' },
    short: { ...pathOf(bars, 'short'), direction: 'short' },
  };
  const random = randomStream(spec.seed, path, TRADES);
  const outcome = emptyLadderOutcome();
  const end = Math.min(row + spec.tradesAPath, columns.path.length);
  for (let i = row; i < end; i++) {
    const { entry, exit, direction } = drawEntry(exits, spec, random);
    const { from, to } = spec.leverage;
    const leverageMax = from * exp(random.uniform() * log(to / from));
    const { adverse, final } = excursion(paths[direction], entry, exit);
    const largest = ounces(SIZE_COUNT as SizeIndex);
    const equity = ((largest * bars.close[entry]!) / leverageMax) as Money;
    simulateLadder(paths[direction], entry, exit, equity, STUDY_RULES, outcome);
    columns.path[i] = path;
    columns.entry[i] = entry;
    columns.exit[i] = exit;
    columns.short[i] = direction === 'short' ? 1 : 0;
    columns.leverageMax[i] = leverageMax;
    columns.mae[i] = adverse;
    columns.final[i] = final;
    columns.sizeClass[i] = sizeClassOf(bestSize(outcome));
    columns.weight[i] = 1;
  }
}

function drawEntry(exits: Exits, spec: DatasetSpec, random: Random): Trade {
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

/** The feasible rung with the highest return, ties to the smallest. */
export function bestSize({ feasible, returns }: LadderOutcome): number {
  let best = 1;
  for (let size = 2; size <= feasible; size++) {
    if (returns[size - 1]! > returns[best - 1]!) best = size;
  }
  return best;
}

/** Index into SIZE_CLASSES. */
const sizeClassOf = (size: number) => (size <= LARGEST_SMALL ? 0 : size <= LARGEST_MID ? 1 : 2);
