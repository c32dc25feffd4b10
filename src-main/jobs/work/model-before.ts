import { DEFAULT_KIND, MODEL_KINDS } from '../../domain/models/kinds.ts';
import { createHash } from 'node:crypto';
import { firstOpeningFrom, sliceBars, type Bars } from '../../domain/bars/bars.ts';
import { cellCount } from '../../datasets/cell.ts';
import { originOf } from '../../datasets/origin.ts';
import { trainModel } from '../../models/train/train-model.ts';
import { fitMarket, type FittedSeries } from '../../synth/fit.ts';
import { fittedBarsOf } from '../../synth/parameters.ts';
import type { DrawSpec, Quota } from '../../datasets/spec.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { StoredModel } from '../../models/kinds.ts';
import type { TrainingConfig } from '../../domain/models/kind.ts';
import { drawCells } from './draw-cells.ts';
import { readExamples } from './read-examples.ts';
import type { Progress } from '../terms.ts';

export interface RefitOrder {
  readonly series: FittedSeries;
  /** How the trades are drawn from each fitted market. */
  readonly spec: DrawSpec;
  readonly trades: number;
  readonly config: TrainingConfig;
  readonly threads: number;
  readonly madeAt: UtcSeconds;
}

/** A model that knows nothing of a moment and what came after it. */
export interface ModelBefore {
  readonly model: StoredModel;
  /** Bars that the market was fitted to. */
  readonly fittedTo: number;
}

const EQUAL_WEIGHTS = { small: 1, mid: 1, big: 1 } as const;

/**
 * Fits the synthetic market to the bars that open before `split`, draws natural trades from it and
 * trains a model on them. Bars from the split on touch neither fit, scaler nor training. Throws
 * `bad-argument` where there are too few bars before it, `too-few-trades`, `training-diverged`.
 */
export async function modelBefore(
  bars: Bars,
  split: UtcSeconds,
  { series, spec, trades, config, threads, madeAt }: RefitOrder,
  onProgress: Progress,
): Promise<ModelBefore> {
  const known = sliceBars(bars, 0, firstOpeningFrom(bars, split));
  const source = { parameters: fitMarket(known, series, madeAt), bootstrapSource: known };
  const quota: Quota = { kind: 'natural', trades };
  const cells = Int32Array.from({ length: cellCount(spec, quota) }, (_, cell) => cell);
  const blocks = new Array<{ bytes: Uint8Array }>(cells.length);
  let drawn = 0;
  await drawCells({ source, spec, quota, cells }, threads, ({ cell, bytes }) => {
    blocks[cell] = { bytes };
    onProgress(++drawn, 3 * cells.length);
  });

  const origin = originOf(spec, quota, source);
  const stored = {
    name: series.name,
    origin,
    trades,
    weights: EQUAL_WEIGHTS,
    blocks: () => blocks,
  };
  const examples = await readExamples(stored, source, false, threads, (done, total) =>
    onProgress(total + done, 3 * total),
  );

  const hash = createHash('sha256');
  for (const { bytes } of blocks) hash.update(bytes);
  const { model } = await trainModel(
    examples,
    {
      kind: DEFAULT_KIND,
      name: `${MODEL_KINDS[DEFAULT_KIND].label} before ${new Date(split * 1000).toISOString().slice(0, 10)}`,
      exitRule: spec.exit,
      seed: spec.seed,
      config,
      origin: {
        dataset: { description: JSON.stringify(origin), checksum: hash.digest('hex') },
        fitted: fittedBarsOf(source.parameters),
        versions: {},
        commands: [],
        trainedAt: madeAt,
      },
    },
    { onMove: ({ step, steps }) => onProgress(2 * steps + step, 3 * steps) },
  );
  return { model, fittedTo: known.close.length };
}
