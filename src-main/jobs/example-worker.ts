import { parentPort, workerData } from 'node:worker_threads';
import { faultOf, type Fault } from '../contract/errors.ts';
import { blockVisitor, type StoredTrades } from '../datasets/read-trades.ts';
import { putExample, type Examples } from '../models/train/examples.ts';
import type { MarketSource } from '../synth/market.ts';

/** What a reading thread is started with. */
export interface ExampleOrder {
  readonly stored: Pick<StoredTrades, 'origin' | 'weights'>;
  readonly source: MarketSource;
  /** The dataset's blocks, and the number of the first trade of each. */
  readonly blocks: readonly { readonly bytes: Uint8Array; readonly first: number }[];
  /** Index of the next block: each thread takes it and moves it on. */
  readonly next: Int32Array<SharedArrayBuffer>;
  /** To be filled, in shared memory. */
  readonly examples: Examples;
}

/** Trades read since the last message. */
export type ExampleMessage = { readonly read: number } | { readonly fault: Fault };

const { stored, source, blocks, next, examples } = workerData as ExampleOrder;
const post = (message: ExampleMessage) => parentPort!.postMessage(message);
try {
  const visitBlock = blockVisitor(stored, source);
  const rule = stored.origin.spec.exit;
  for (;;) {
    const block = blocks[Atomics.add(next, 0, 1)];
    if (!block) break;
    const read = visitBlock(block.bytes, block.first, (trade, row) =>
      putExample(examples, row, trade, rule),
    );
    post({ read });
  }
} catch (error) {
  post({ fault: faultOf(error) });
}
