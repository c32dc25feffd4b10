import { describe, expect, it } from 'vitest';
import { sizeClassOf } from '../../../src-main/domain/size-class.ts';
import { EXIT_RULES } from '../../../src-main/domain/exits/exit-rule.ts';
import {
  RISK_FEATURE_COUNT,
  RISK_FEATURE_NAMES,
  riskFeatures,
} from '../../../src-main/domain/features/features.ts';
import { mean } from '../../../src-main/domain/stats/metrics.ts';
import { randomStream } from '../../../src-main/domain/stats/random.ts';
import {
  CURVE_END,
  CURVE_START,
  liquidationProbability,
} from '../../../src-main/domain/risk/risk-curve.ts';
import { presetConfig } from '../../../src-main/app/training/presets.ts';
import { readExamples } from '../../../src-main/models/train/examples.ts';
import { trainModel, type ModelTraining } from '../../../src-main/models/train/train-model.ts';
import { openRiskCurve } from '../../../src-main/models/v3/curve-model.ts';
import { randomWalk, readerOf, tradeOn } from './fixtures.ts';
import type { TradeOnBars } from '../../../src-main/datasets/reader.ts';
import type { Fraction } from '../../../src-main/domain/units.ts';
import type { ModelHooks } from '../../../src-main/models/train/train-model.ts';
import type { StoredModel } from '../../../src-main/models/kinds.ts';

const RULE = EXIT_RULES.cross;
const DRIFT = RISK_FEATURE_NAMES.indexOf('signed_drift_128');
const TRADES_A_PATH = 8;

/** Hazard for a unit of y: a trade with the drift is four times safer than one against it. */
const hazardOf = (drift: number) => (drift > 0 ? 0.4 : 1.6);
const probability = (drift: number, y: number) => Math.exp(-hazardOf(drift) * (y - CURVE_START));

/** Trades on random walks whose adverse excursions follow that hazard exactly. */
function knownTrades(paths: number): TradeOnBars[] {
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
      trades.push(
        tradeOn(bars, {
          path,
          entry,
          direction,
          leverageMax: 5 * 8 ** random.uniform(),
          mae: Math.exp(Math.min(y, CURVE_END) + reference) as Fraction,
          final: (0.03 * random.normal()) as Fraction,
          weight: 1,
        }),
      );
    }
  }
  return trades;
}

const V3 = presetConfig('v3', 'standard');
const plan: ModelTraining = {
  kind: 'v3',
  name: 'known hazard',
  exitRule: RULE,
  seed: 1,
  config: { ...V3, epochs: 2 },
  origin: {
    dataset: { description: 'known hazard', checksum: '0' },
    versions: {},
    commands: [],
    trainedAt: 0,
  },
};
const examplesOf = (trades: readonly TradeOnBars[]) => readExamples(readerOf(trades), RULE, true);
const few = knownTrades(150);
const fewExamples = examplesOf(few);
const trained = async (changed: Partial<ModelTraining> = {}, hooks: ModelHooks = {}) =>
  (await trainModel(fewExamples, { ...plan, ...changed }, hooks)).model;

/** Misses of a V3 on candles it has not seen, and those of a curve that knows only the mixture. */
function missesOf(model: StoredModel) {
  const curveOf = openRiskCurve(model as StoredModel<'v3'>);
  const misses: number[] = [];
  const ofMixture: number[] = [];
  for (let path = 5_000; path < 5_200; path++) {
    const bars = randomWalk(200, path);
    const features = new Float64Array(RISK_FEATURE_COUNT);
    const reference = riskFeatures(bars, 180, 'long', RULE, features, 0);
    const curve = curveOf(bars, 180, 'long');
    if (Math.abs(features[DRIFT]!) < 0.3) continue;
    for (const y of [1, 1.5, 2.5]) {
      const move = Math.exp(y + reference) as Fraction;
      const truth = probability(features[DRIFT]!, y);
      misses.push(liquidationProbability(curve, move) - truth);
      ofMixture.push((probability(1, y) + probability(-1, y)) / 2 - truth);
    }
  }
  return { misses, ofMixture };
}
const size = (values: readonly number[]) => mean(values.map(Math.abs));

describe('training V3', () => {
  const config = { ...V3, batch: 256, weightDecay: 0.01 };
  const natural = knownTrades(3_000);

  it('learns a known hazard, from candles it has not seen', async () => {
    const { model } = await trainModel(examplesOf(natural), { ...plan, config });
    const { misses, ofMixture } = missesOf(model);
    expect(misses.length).toBeGreaterThan(300);
    expect(size(misses)).toBeLessThan(size(ofMixture) / 2);
    expect(size(misses)).toBeLessThan(0.05);
  });

  it('stays calibrated on classes in equal parts by their weights, and not without', async () => {
    const classes = natural.map(({ best }) => sizeClassOf(best));
    const share = (of: number) => classes.filter((is) => is === of).length / classes.length;
    const each = Math.floor(Math.min(...[0, 1, 2].map(share)) * classes.length);
    const seen = [0, 0, 0];
    const balanced = natural
      .filter((_, i) => seen[classes[i]!]!++ < each)
      .map((trade) => ({ ...trade, weight: 3 * share(sizeClassOf(trade.best)) }));
    const unweighted = balanced.map((trade) => ({ ...trade, weight: 1 }));
    const biasOf = async (trades: readonly TradeOnBars[]) => {
      const { model } = await trainModel(examplesOf(trades), { ...plan, config });
      return Math.abs(mean(missesOf(model).misses));
    };
    expect(await biasOf(balanced)).toBeLessThan((await biasOf(unweighted)) / 2);
  });
});

describe.each(['v1', 'v2', 'v3'] as const)('training %s', (kind) => {
  const config = { ...presetConfig(kind, 'standard'), epochs: 2 };

  it('says before it starts what it must beat, and how the trades are divided by path', async () => {
    const starts: unknown[] = [];
    const model = await trained({ kind, config }, { onStart: (start) => starts.push(start) });
    expect(starts).toHaveLength(1);
    const { training, validation, baselineLosses } = starts[0] as {
      training: number;
      validation: number;
      baselineLosses: Record<string, number>;
    };
    expect(training + validation).toBe(few.length);
    expect(training % TRADES_A_PATH).toBe(0);
    expect(Object.keys(baselineLosses)).toEqual(
      kind === 'v3' ? ['constant', 'volatility rule', 'lookup'] : ['the same for every trade'],
    );
    expect(model.kind).toBe(kind);
    expect(model.provenance).toMatchObject({ dataset: { trades: few.length }, baselineLosses });
  });

  it('gives the same weights for the same seed, other ones for another', async () => {
    const [first, second] = [await trained({ kind, config }), await trained({ kind, config })];
    const other = await trained({ kind, config, seed: 2 });
    expect(second).toEqual(first);
    expect(other.weights).not.toBe(first.weights);
  });

  it('ends with a clear state where the loss explodes', async () => {
    await expect(
      trained({ kind, config: { ...config, epochs: 4, learningRate: 1e4 } }),
    ).rejects.toMatchObject({ code: 'training-diverged' });
  });

  it('gives the model of the best epoch where it is told to stop', async () => {
    const stop = new AbortController();
    const hooks = { onEpoch: () => stop.abort(), signal: stop.signal };
    const { model, cancelled } = await trainModel(fewExamples, { ...plan, kind, config }, hooks);
    expect(cancelled).toBe(true);
    expect(model.provenance.epochs).toHaveLength(1);
  });

  it('refuses to learn from a handful of trades', async () => {
    const run = trainModel(examplesOf(knownTrades(20)), { ...plan, kind });
    await expect(run).rejects.toMatchObject({ code: 'too-few-trades' });
  });
});
