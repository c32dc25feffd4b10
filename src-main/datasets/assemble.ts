import { createHash } from 'node:crypto';
import { SIZE_CLASSES } from '../domain/size-class.ts';
import type { PerClass } from '../contract/datasets.ts';
import { encodeColumns, joinTrades, pickTrades, type TradeColumns } from './columns.ts';
import type { Quota } from './spec.ts';

/** Trades of a block in the store. */
export const BLOCK_TRADES = 4_096;
/** Product rules, section 5: 33k of each 100k go into the balanced dataset. */
const BALANCED_PERCENT = 33;

/** One dataset of a run: which of the accepted trades belong to it. */
export interface Recipe {
  readonly name: string;
  readonly trades: number;
  /** `ordinal`: how many trades of its class came before it in the run. */
  readonly takes: (sizeClass: number, ordinal: number) => boolean;
}

/** The datasets that come of a run: one of `name`, or the five of `generate_all_datasets_v2`. */
export function recipesOf(quota: Quota, name: string | null): Recipe[] {
  if (quota.kind === 'natural') {
    return [{ name: name ?? 'natural', trades: quota.trades, takes: () => true }];
  }
  const { perClass } = quota;
  const balanced = Math.floor((perClass * BALANCED_PERCENT) / 100);
  const size = sizeWord(perClass);
  return [
    ...SIZE_CLASSES.map((name, of) => ({
      name: `${name}_v2_${size}`,
      trades: perClass,
      takes: (sizeClass: number) => sizeClass === of,
    })),
    {
      name: `balanced_v2_${size}`,
      trades: balanced * 3,
      takes: (_, ordinal) => ordinal < balanced,
    },
    {
      name: `reinforcement_v2_${sizeWord(2 * perClass)}`,
      trades: (perClass - balanced) * 3,
      takes: (_, ordinal) => ordinal >= balanced,
    },
  ];
}

/** 100k, 1.5k as 1500. */
const sizeWord = (trades: number) => (trades % 1_000 === 0 ? `${trades / 1_000}k` : String(trades));

/** Trades of a dataset as the store keeps them. */
export interface Block {
  readonly trades: number;
  readonly classes: PerClass;
  readonly bytes: Uint8Array;
}

/** The blocks of one dataset, from the trades of all cells in order; one at a time in memory. */
export function* blocksOf(cells: Iterable<TradeColumns>, recipe: Recipe): Generator<Block> {
  const ordinals = [0, 0, 0];
  let waiting: TradeColumns[] = [];
  let count = 0;
  for (const trades of cells) {
    const rows: number[] = [];
    trades.sizeClass.forEach((of, row) => {
      if (recipe.takes(of, ordinals[of]!++)) rows.push(row);
    });
    waiting.push(rows.length === trades.sizeClass.length ? trades : pickTrades(trades, rows));
    count += rows.length;
    if (count < BLOCK_TRADES) continue;
    const joined = joinTrades(waiting);
    let from = 0;
    for (; from + BLOCK_TRADES <= count; from += BLOCK_TRADES) {
      yield blockOf(pickTrades(joined, range(from, from + BLOCK_TRADES)));
    }
    waiting = [pickTrades(joined, range(from, count))];
    count -= from;
  }
  if (count > 0) yield blockOf(joinTrades(waiting));
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

export function blockOf(trades: TradeColumns): Block {
  const [small = 0, mid = 0, big = 0] = SIZE_CLASSES.map((_, of) =>
    trades.sizeClass.reduce((sum, is) => sum + (is === of ? 1 : 0), 0),
  );
  return {
    trades: trades.sizeClass.length,
    classes: { small, mid, big },
    bytes: encodeColumns(trades),
  };
}

/** What is known of a dataset once its blocks have gone by. */
export interface Tally {
  /** SHA-256, in hex, over the bytes of the blocks in order. */
  readonly checksum: string;
  readonly mix: PerClass;
  readonly trades: number;
  readonly bytes: number;
}

/** Hands the blocks on and counts them; `tally` may be asked after the last one. */
export function tallied(blocks: Iterable<Block>): { blocks: Iterable<Block>; tally: () => Tally } {
  const hash = createHash('sha256');
  const mix = { small: 0, mid: 0, big: 0 };
  let trades = 0;
  let bytes = 0;
  function* passing() {
    for (const block of blocks) {
      hash.update(block.bytes);
      for (const of of SIZE_CLASSES) mix[of] += block.classes[of];
      trades += block.trades;
      bytes += block.bytes.length;
      yield block;
    }
  }
  return {
    blocks: passing(),
    tally: () => ({ checksum: hash.digest('hex'), mix, trades, bytes }),
  };
}

/**
 * Sample weights: natural share of each class over its share in the dataset; 0 for an absent one.
 * `drawn` counts what was simulated, `mix` what was kept of it.
 */
export function weightsOf(mix: PerClass, drawn: PerClass): PerClass {
  const kept = mix.small + mix.mid + mix.big;
  const simulated = drawn.small + drawn.mid + drawn.big;
  const of = (name: keyof PerClass) =>
    mix[name] === 0 ? 0 : (drawn[name] * kept) / (simulated * mix[name]);
  return { small: of('small'), mid: of('mid'), big: of('big') };
}
