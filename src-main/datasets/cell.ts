import { CodedError } from '../contract/errors.ts';
import { randomStream } from '../domain/stats/random.ts';
import { LARGEST_OF_CLASS, SIZE_CLASSES } from '../domain/size-class.ts';
import { ounces } from '../domain/size.ts';
import type { PerClass } from '../contract/datasets.ts';
import type { SizeIndex } from '../domain/units.ts';
import type { SyntheticMarket } from '../synth/market.ts';
import { joinTrades, pickTrades, type TradeColumns } from './columns.ts';
import { drawTrades } from './draw-trades.ts';
import type { DrawSpec, Quota } from './spec.ts';

/** Trades of each class that a cell gives, and paths that a cell of natural trades draws. */
const CELL_QUOTA = 500;
const CELL_PATHS = 512;
/** Numbers of paths that each cell of classes has to itself: more than it may ever draw. */
const PATHS_APART = 65_536;
/** A class that not one of so many trades belongs to is taken for impossible. */
const NONE_OF = 20_000;
/** A class that takes more simulated trades than this for each one wanted is taken for too rare. */
const MOST_FOR_ONE = 500;
/** Key of a cell's stream of choices, beside those of candles and trades. */
const CHOICES = 2;

/**
 * The unit that a run is worked off in: it draws paths of its own and depends on nothing but spec,
 * quota and its number, so cells may be drawn in any order, by any thread, on any machine.
 */
export interface Cell {
  /** Trades that were simulated, of each class. */
  readonly drawn: PerClass;
  readonly trades: TradeColumns;
}

export function cellCount(spec: DrawSpec, quota: Quota): number {
  return quota.kind === 'natural'
    ? Math.ceil(quota.trades / (CELL_PATHS * spec.tradesAPath))
    : Math.ceil(quota.perClass / CELL_QUOTA);
}

/** Which cells are the share of one machine of `of`. */
export const isOfShard =
  ({ number, of }: { readonly number: number; readonly of: number }) =>
  (cell: number) =>
    cell % of === number - 1;

/** Trades that cell number `cell` gives. */
export function tradesOfCell(spec: DrawSpec, quota: Quota, cell: number): number {
  const [each, all] =
    quota.kind === 'natural'
      ? [CELL_PATHS * spec.tradesAPath, quota.trades]
      : [CELL_QUOTA * SIZE_CLASSES.length, quota.perClass * SIZE_CLASSES.length];
  return Math.min(each, all - cell * each);
}

/** Draws cell number `cell`. Throws `quota-unmet` where a class cannot be filled. */
export function drawCell(
  market: SyntheticMarket,
  spec: DrawSpec,
  quota: Quota,
  cell: number,
): Cell {
  const wanted = tradesOfCell(spec, quota, cell);
  return quota.kind === 'natural'
    ? drawNatural(market, spec, wanted, cell)
    : drawClasses(market, spec, wanted / SIZE_CLASSES.length, cell);
}

function drawNatural(market: SyntheticMarket, spec: DrawSpec, wanted: number, cell: number): Cell {
  const parts: TradeColumns[] = [];
  for (let left = wanted; left > 0; left -= spec.tradesAPath) {
    const path = cell * CELL_PATHS + parts.length;
    parts.push(drawTrades(market, spec, path, Math.min(left, spec.tradesAPath)));
  }
  const trades = joinTrades(parts);
  return { drawn: perClass(countClasses(trades)), trades };
}

/**
 * Draws whole paths until each class has enough, then takes so many of each by lot: the common
 * classes come from as many paths as the rare one.
 */
function drawClasses(market: SyntheticMarket, spec: DrawSpec, wanted: number, cell: number): Cell {
  const firstPath = cell * PATHS_APART;
  const parts: TradeColumns[] = [];
  const counts = [0, 0, 0];
  let drawn = 0;
  while (counts.some((count) => count < wanted)) {
    refuseHopeless(spec, wanted, drawn, counts);
    const part = drawTrades(market, spec, firstPath + parts.length);
    countClasses(part).forEach((count, of) => (counts[of]! += count));
    drawn += spec.tradesAPath;
    parts.push(part);
  }
  const trades = joinTrades(parts);
  const random = randomStream(spec.seed, firstPath, CHOICES);
  const chosen = SIZE_CLASSES.flatMap((_, of) => {
    const rows = [...trades.sizeClass.keys()].filter((row) => trades.sizeClass[row] === of);
    // The first steps of Fisher and Yates: a sample without replacement.
    for (let i = 0; i < wanted; i++) {
      const j = i + random.integerBelow(rows.length - i);
      [rows[i], rows[j]] = [rows[j]!, rows[i]!];
    }
    return rows.slice(0, wanted);
  });
  chosen.sort((a, b) => a - b);
  return { drawn: perClass(counts), trades: pickTrades(trades, chosen) };
}

/** The search is bounded: what cannot be found ends it. */
function refuseHopeless(spec: DrawSpec, wanted: number, drawn: number, counts: number[]): void {
  const rarest = counts.indexOf(Math.min(...counts));
  const found = counts[rarest]!;
  const hopeless = found === 0 && drawn >= NONE_OF;
  if (!hopeless && drawn < NONE_OF + wanted * MOST_FOR_ONE) return;
  const name = SIZE_CLASSES[rarest]!;
  const below = rarest > 0 ? LARGEST_OF_CLASS[SIZE_CLASSES[rarest - 1]!] : 0;
  const { brokerLeverage: granted, leverage } = spec;
  const room = Math.floor((30 * granted) / leverage.from);
  const why =
    room <= below
      ? `at ${granted}x no account here carries more than ${ounces(room as SizeIndex).toFixed(2)} oz`
      : found === 0
        ? 'not one was found'
        : `that is rarer than 1 in ${MOST_FOR_ONE}`;
  throw new CodedError('quota-unmet', { drawn, found, class: name, needed: wanted, why });
}

function countClasses({ sizeClass }: TradeColumns): number[] {
  const counts = [0, 0, 0];
  for (const of of sizeClass) counts[of]!++;
  return counts;
}

const perClass = ([small = 0, mid = 0, big = 0]: readonly number[]): PerClass => ({
  small,
  mid,
  big,
});
