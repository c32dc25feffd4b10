import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { EXIT_RULES } from '../../../src-main/domain/exit-rule.ts';
import {
  RISK_FEATURE_COUNT,
  RISK_FEATURE_NAMES,
  riskFeatures,
} from '../../../src-main/domain/features.ts';
import { mean } from '../../../src-main/domain/metrics.ts';
import { randomStream } from '../../../src-main/domain/random.ts';
import {
  CURVE_END,
  CURVE_START,
  liquidationProbability,
} from '../../../src-main/domain/risk-curve.ts';
import { denseOfData } from '../../../src-main/models/layers.ts';
import { train, type Task } from '../../../src-main/models/training.ts';
import { openRiskNet, riskCurve } from '../../../src-main/models/v3/risk-net.ts';
import { trainV3, V3_CONFIG, type V3Training } from '../../../src-main/models/v3/train.ts';
import { randomWalk } from './fixtures.ts';
import type { TradeOnBars, TradeReader } from '../../../src-main/datasets/reader.ts';
import type { Fraction } from '../../../src-main/domain/units.ts';

const RULE = EXIT_RULES.cross;
const DRIFT = RISK_FEATURE_NAMES.indexOf('signed_drift_128');
const TRADES_A_PATH = 8;

/** Hazard for a unit of y: a trade with the drift is four times safer than one against it. */
const hazardOf = (drift: number) => (drift > 0 ? 0.4 : 1.6);
const probability = (drift: number, y: number) => Math.exp(-hazardOf(drift) * (y - CURVE_START));

/** Trades on random walks whose adverse excursions follow that hazard exactly. */
function knownTrades(paths: number): TradeReader {
  const trades: TradeOnBars[] = [];
  for (let path = 0; path < paths; path++) {
    const bars = randomWalk(260, path);
    const random = randomStream(1_000_000 + path);
    for (let i = 0; i < TRADES_A_PATH; i++) {
      const entry = 130 + random.integerBelow(120);
      const direction = random.uniform() < 0.5 ? 'long' : 'short';
      const features = new Float64Array(RISK_FEATURE_COUNT);
      const reference = riskFeatures(bars, entry, direction, RULE, features, 0);
      const y = CURVE_START + random.exponential() / hazardOf(features[DRIFT]!);
      trades.push({
        path,
        bars,
        entry,
        exit: entry + 1,
        direction,
        leverageMax: 5,
        mae: Math.exp(Math.min(y, CURVE_END) + reference) as Fraction,
        final: 0.001 as Fraction,
        weight: 1,
      });
    }
  }
  return { count: trades.length, forEach: (visit) => trades.forEach(visit) };
}

const plan: V3Training = {
  name: 'known hazard',
  exitRule: RULE,
  seed: 1,
  config: { ...V3_CONFIG, epochs: 2 },
  origin: {
    dataset: { description: 'known hazard', checksum: '0' },
    versions: {},
    commands: [],
    trainedAt: 0,
  },
};
const small = knownTrades(150);

describe('the training loop', () => {
  /** A straight line through the origin, whose validation losses are written down beforehand. */
  function scripted(losses: readonly number[]) {
    const seen: Float32Array[] = [];
    const task: Task = {
      layers: [{ inputs: 1, outputs: 1 }],
      rows: 8,
      prepare: (weights) => weights.fill(0),
      loss: (batch) => {
        const data = tf.tensor2d(Float32Array.from(batch), [batch.length, 1]);
        return ([weight, bias]) => {
          const line = denseOfData(data, weight as tf.Tensor2D, bias as tf.Tensor1D);
          return tf.customGrad((...inputs) => ({
            value: tf.sum(inputs[0] as tf.Tensor),
            gradFunc: (dy: tf.Tensor) => tf.mul(dy, tf.onesLike(line)),
          }))(line) as tf.Scalar;
        };
      },
      validationLoss: (weights) => losses[seen.push(weights.slice()) - 1]!,
    };
    return { task, seen };
  }
  const config = { epochs: 6, batch: 4, learningRate: 0.1, weightDecay: 0, patience: 2 };

  it('keeps the weights of the epoch that was best on validation', async () => {
    const { task, seen } = scripted([0.5, 0.3, 0.4, 0.2, 0.25, 0.21]);
    const { weights, epochs } = await train(task, config, 1, {});
    expect(seen).toHaveLength(6);
    expect(weights).toEqual(seen[3]);
    expect(seen[5]).not.toEqual(seen[3]);
    expect(epochs.map(({ best }) => best)).toEqual([true, true, false, true, false, false]);
  });

  it('ends early after as many epochs without a better one as patience allows', async () => {
    const { task } = scripted([0.5, 0.3, 0.4, 0.35, 0.1, 0.1]);
    const heard: number[] = [];
    await train(task, config, 1, { onEpoch: ({ epoch }) => heard.push(epoch) });
    expect(heard).toEqual([1, 2, 3, 4]);
  });

  it('breaks off where the validation loss is no number', async () => {
    const { task } = scripted([0.5, NaN]);
    await expect(train(task, config, 1, {})).rejects.toMatchObject({ code: 'training-diverged' });
  });
});

describe('training V3', () => {
  it('learns a known hazard, from candles it has not seen', async () => {
    const reader = knownTrades(1_000);
    const config = { ...V3_CONFIG, batch: 256, weightDecay: 0.01 };
    const net = openRiskNet(await trainV3(reader, { ...plan, config }));
    const misses: number[] = [];
    const missesOfNoKnowledge: number[] = [];
    for (let path = 5_000; path < 5_200; path++) {
      const bars = randomWalk(200, path);
      const features = new Float64Array(RISK_FEATURE_COUNT);
      const reference = riskFeatures(bars, 180, 'long', RULE, features, 0);
      const curve = riskCurve(net, bars, 180, 'long');
      if (Math.abs(features[DRIFT]!) < 0.3) continue;
      for (const y of [1, 1.5, 2.5]) {
        const move = Math.exp(y + reference) as Fraction;
        const truth = probability(features[DRIFT]!, y);
        misses.push(Math.abs(liquidationProbability(curve, move) - truth));
        const mixture = (probability(1, y) + probability(-1, y)) / 2;
        missesOfNoKnowledge.push(Math.abs(mixture - truth));
      }
    }
    expect(misses.length).toBeGreaterThan(300);
    expect(mean(misses)).toBeLessThan(mean(missesOfNoKnowledge) / 2);
    expect(mean(misses)).toBeLessThan(0.05);
  });

  it('says before it starts what it must beat, and how the trades are divided by path', async () => {
    const starts: unknown[] = [];
    const model = await trainV3(small, plan, { onStart: (start) => starts.push(start) });
    expect(starts).toEqual([
      {
        training: expect.any(Number),
        validation: expect.any(Number),
        baselineLosses: {
          constant: expect.any(Number),
          'volatility rule': expect.any(Number),
          lookup: expect.any(Number),
        },
      },
    ]);
    const { training, validation } = starts[0] as { training: number; validation: number };
    expect(training + validation).toBe(small.count);
    expect(training % TRADES_A_PATH).toBe(0);
    expect(model.provenance.dataset.trades).toBe(small.count);
  });

  it('gives the same weights for the same seed, other ones for another', async () => {
    const [first, second] = [await trainV3(small, plan), await trainV3(small, plan)];
    const other = await trainV3(small, { ...plan, seed: 2 });
    expect(second).toEqual(first);
    expect(other.weights).not.toBe(first.weights);
  });

  it('breaks off where the loss explodes', async () => {
    const config = { ...V3_CONFIG, learningRate: 1e4 };
    await expect(trainV3(small, { ...plan, config })).rejects.toMatchObject({
      code: 'training-diverged',
    });
  });

  it('can be cancelled between two steps', async () => {
    const cancel = new AbortController();
    const run = trainV3(small, plan, { onEpoch: () => cancel.abort(), signal: cancel.signal });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('refuses to learn from a handful of trades', async () => {
    await expect(trainV3(knownTrades(20), plan)).rejects.toMatchObject({ code: 'too-few-trades' });
  });
});
