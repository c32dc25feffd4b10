import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { settleLadder } from '../../../src-main/domain/risk/ladder.ts';
import { logLossOf } from '../../../src-main/domain/stats/metrics.ts';
import { randomStream } from '../../../src-main/domain/stats/random.ts';
import { CURVE_BINS } from '../../../src-main/domain/risk/risk-curve.ts';
import { startBackend } from '../../../src-main/models/train/backend.ts';
import { denseNetwork, tensorsOf } from '../../../src-main/models/train/tensors.ts';
import {
  initialWeights,
  layersOf,
  PlainNetwork,
  weightCount,
} from '../../../src-main/models/network.ts';
import { cumulativeHazardOf, openRiskCurve } from '../../../src-main/models/v3/curve-model.ts';
import { moveAtShare, riskLoss } from '../../../src-main/models/v3/train.ts';
import { randomWalk, untrained } from './fixtures.ts';
import type { Money, UsdPerOunce } from '../../../src-main/domain/units.ts';

describe('the risk curve', () => {
  it('never falls from a rung to the next larger one, whatever the weights and the candles', () => {
    const numbers = fc.record({
      seed: fc.nat(1e6),
      equity: fc.integer({ min: 20, max: 100_000 }),
      at: fc.integer({ min: 127, max: 299 }),
      direction: fc.constantFrom('long' as const, 'short' as const),
      volatility: fc.constantFrom(1e-5, 1e-3, 0.05),
    });
    fc.assert(
      fc.property(numbers, ({ seed, equity, at, direction, volatility }) => {
        const bars = randomWalk(300, seed, volatility);
        const curve = openRiskCurve(untrained(seed))(bars, at, direction);
        const ladder = settleLadder(curve, {
          price: bars.close[at] as UsdPerOunce,
          equity: equity as Money,
          direction,
          rules: STUDY_RULES,
        });
        const risks = ladder.flatMap(({ pLiquidation }) => pLiquidation ?? []);
        expect(risks).toEqual(risks.toSorted((a, b) => a - b));
        expect(risks.every((risk) => risk >= 0 && risk <= 1)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('starts at no hazard, and adds softplus of each logit without overflow', () => {
    const logits = new Float64Array(CURVE_BINS).fill(-800);
    logits[0] = 0;
    logits[1] = 800;
    const edges = cumulativeHazardOf(logits);
    expect(edges).toHaveLength(CURVE_BINS + 1);
    expect(edges.slice(0, 3)).toEqual([0, Math.log(2), Math.log(2) + 800]);
    expect(edges.at(-1)).toBe(Math.log(2) + 800);
  });

  it('needs the candles of its window, and says how many', () => {
    const curve = openRiskCurve(untrained(1));
    expect(() => curve(randomWalk(127, 1), 126, 'long')).toThrow(
      'The model needs 128 candles; 127 are loaded.',
    );
  });
});

describe('leverages that training draws', () => {
  it('are those of feasible rungs of accounts with 5 to 40 at 4.50 oz, each rung once', () => {
    const random = randomStream(5);
    const drawn: number[] = [];
    while (drawn.length < 200_000) {
      const atLargest = 5 * 8 ** random.uniform();
      for (let rung = 1; rung <= 30; rung++) {
        const leverage = (atLargest * rung) / 30;
        if (leverage <= 20) drawn.push(leverage);
      }
    }
    drawn.sort((a, b) => a - b);
    for (const share of [0.05, 0.25, 0.5, 0.75, 0.95]) {
      const expected = drawn[Math.floor(share * drawn.length)]!;
      expect(0.7 / moveAtShare(share) / expected).toBeCloseTo(1, 1);
    }
    expect(0.7 / moveAtShare(0)).toBeCloseTo(5 / 30, 9);
    expect(0.7 / moveAtShare(1 - 1e-12)).toBeCloseTo(20, 6);
  });
});

describe('the loss that V3 is trained by', () => {
  beforeAll(async () => void (await startBackend()));

  const layers = layersOf([5, 7, 6, CURVE_BINS]);
  const ROWS = 9;
  const DRAWS = 4;
  const random = randomStream(3);
  const normals = (count: number) => Array.from({ length: count }, () => random.normal());
  const features = normals(ROWS * 5);
  const positions = normals(ROWS * DRAWS).map((z) => Math.min(24, Math.max(0, 10 + 6 * z)));
  const liquidated = positions.map((position) => (position < 8 + 4 * random.normal() ? 1 : 0));
  const rowWeights = normals(ROWS).map((z) => Math.exp(z) / (ROWS * DRAWS));
  const weights = Float64Array.from(initialWeights(layers, () => random.uniform()));

  /** The same loss on plain arrays, in double precision, as the evaluation would count it. */
  function plainLoss(flat: Float64Array): number {
    const network = new PlainNetwork(layers, flat);
    return positions.reduce((sum, position, i) => {
      const row = Math.floor(i / DRAWS);
      const edges = cumulativeHazardOf(
        network.run(Float64Array.from(features.slice(row * 5, row * 5 + 5))),
      );
      const bin = Math.min(CURVE_BINS - 1, Math.floor(position));
      const hazard = edges[bin]! + (position - bin) * (edges[bin + 1]! - edges[bin]!);
      return sum + rowWeights[row]! * logLossOf(Math.exp(-hazard), liquidated[i]!);
    }, 0);
  }

  const onBackend = () =>
    tf.tidy(() => {
      const data = tf.tensor2d(features, [ROWS, 5]);
      const outcomes = {
        positions: Float64Array.from(positions),
        liquidated: Uint8Array.from(liquidated),
        weights: Float64Array.from(rowWeights),
      };
      const { value, grads } = tf.valueAndGrads((...tensors) =>
        riskLoss(denseNetwork(data, tensors), outcomes),
      )(tensorsOf(weights, layers));
      return { loss: value.dataSync()[0]!, gradient: grads.flatMap((g) => [...g.dataSync()]) };
    });

  it('is the log loss of P(liquidation)', () => {
    expect(onBackend().loss).toBeCloseTo(plainLoss(weights), 5);
  });

  it('has the gradient that finite differences find', () => {
    const { gradient } = onBackend();
    expect(gradient).toHaveLength(weightCount(layers));
    const STEP = 1e-5;
    gradient.forEach((slope, i) => {
      const moved = (by: number) => plainLoss(weights.with(i, weights[i]! + by));
      const difference = (moved(STEP) - moved(-STEP)) / (2 * STEP);
      expect(Math.abs(slope - difference), `weight ${i}`).toBeLessThan(
        1e-5 + 1e-3 * Math.abs(difference),
      );
    });
    expect(Math.max(...gradient.map(Math.abs))).toBeGreaterThan(0.05);
  });
});
