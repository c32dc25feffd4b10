import { CodedError } from '../../contract/errors.ts';
import { decodeColumns } from '../../datasets/columns.ts';
import { requireOrigin } from '../../datasets/origin.ts';
import { emptyExamples, type Examples } from '../../models/train/examples.ts';
import { PATH_STEP_SECONDS, type MarketSource } from '../../synth/market.ts';
import type { ExampleMessage, ExampleOrder } from '../example-worker.ts';
import { runThreads } from '../threads.ts';
import type { StoredTrades } from '../../datasets/read-trades.ts';
import type { Progress } from '../terms.ts';

/**
 * What models learn from the trades of a dataset, their candles drawn again on `threads` threads; the
 * same whatever their number. Throws `dataset-origin` where the source is not the one that it was
 * drawn from, and `cancelled` once the signal is given.
 */
export async function readExamples(
  stored: StoredTrades,
  source: MarketSource,
  withWindows: boolean,
  threads: number,
  onProgress: Progress,
  signal?: AbortSignal,
): Promise<Examples> {
  const { origin, weights, trades } = stored;
  requireOrigin(stored.name, origin, source);
  const blocks: { bytes: Uint8Array; first: number }[] = [];
  let first = 0;
  for (const { bytes } of stored.blocks()) {
    blocks.push({ bytes, first });
    first += decodeColumns(bytes).path.length;
  }
  const examples = emptyExamples(trades, PATH_STEP_SECONDS, withWindows);
  const order: ExampleOrder = {
    stored: { origin, weights },
    source,
    blocks,
    next: new Int32Array(new SharedArrayBuffer(4)),
    examples,
  };
  let done = 0;
  await runThreads<ExampleMessage>(
    'example-worker',
    order,
    Math.min(threads, blocks.length),
    (message) => {
      if ('fault' in message) throw new CodedError(message.fault.code, message.fault.details);
      if (signal?.aborted) throw new CodedError('cancelled');
      onProgress((done += message.read), trades);
    },
  );
  return examples;
}
