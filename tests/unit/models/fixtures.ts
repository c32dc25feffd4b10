import { emptyBars, type Bars } from '../../../src-main/domain/bars/bars.ts';
import {
  RISK_FEATURE_COUNT,
  RISK_FEATURE_NAMES,
} from '../../../src-main/domain/features/features.ts';
import { randomStream } from '../../../src-main/domain/stats/random.ts';
import { SIZE_COUNT } from '../../../src-main/domain/size.ts';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { CURVE_BINS } from '../../../src-main/domain/risk/risk-curve.ts';
import { encodeWeights } from '../../../src-main/models/stored-model.ts';
import type { StoredV1 } from '../../../src-main/models/v1/pick-model.ts';
import type { StoredModel } from '../../../src-main/models/kinds.ts';
import type { ModelKind } from '../../../src-main/domain/models/kinds.ts';
import type { StoredV2 } from '../../../src-main/models/v2/size-model.ts';
import type { StoredV3 } from '../../../src-main/models/v3/curve-model.ts';
import { initialWeights, layersOf, type LayerShape } from '../../../src-main/models/network.ts';
import { WINDOW_FEATURE_NAMES, WINDOW_INPUTS } from '../../../src-main/models/window.ts';
import type { TradeOnBars, TradeReader } from '../../../src-main/datasets/reader.ts';
import type { FittedBars } from '../../../src-main/contract/instrument.ts';
import type { SizeIndex, UtcSeconds } from '../../../src-main/domain/units.ts';
import type { ExitRule } from '../../../src-main/domain/exits/exit-rule.ts';

/** A rule that short series have room for. */
export const SHORT_CROSS: ExitRule = { kind: 'cross', fast: 8, slow: 32, cap: 60 };

/** Hourly bars of a random walk whose volatility, a share an hour, drifts. */
export function randomWalk(length: number, seed: number, volatility = 0.004): Bars {
  const random = randomStream(seed);
  const bars = emptyBars(length, 3600);
  let close = 1800;
  let scale = volatility;
  for (let i = 0; i < length; i++) {
    scale = Math.max(volatility / 3, scale + 0.05 * (volatility - scale + scale * random.normal()));
    const open = close;
    close = open * Math.exp(scale * random.normal());
    bars.time[i] = Date.UTC(2021, 0, 4) / 1000 + i * 3600;
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = Math.max(open, close) * (1 + scale * random.uniform());
    bars.low[i] = Math.min(open, close) * (1 - scale * random.uniform());
  }
  return bars;
}

/**
 * A trade from its path's close `entry` that reached `mae` and ended at `final`, shares of the entry
 * price, with what every size of it came to in the study's account.
 */
export function tradeOn(
  bars: Bars,
  trade: Pick<
    TradeOnBars,
    'path' | 'entry' | 'direction' | 'leverageMax' | 'mae' | 'final' | 'weight'
  >,
): TradeOnBars {
  const { leverageMax, mae, final } = trade;
  const returns = new Float64Array(SIZE_COUNT).fill(NaN);
  let feasible = 0;
  let survivors = 0;
  for (let rung = 1; rung <= SIZE_COUNT; rung++) {
    const leverage = (leverageMax * rung) / SIZE_COUNT;
    if (leverage > STUDY_RULES.leverage) break;
    feasible = rung;
    if (mae < 0.7 / leverage) survivors = rung;
    returns[rung - 1] = survivors === rung ? final * leverage : -0.7;
  }
  const best = 1 + returns.indexOf(Math.max(...returns.subarray(0, feasible)));
  return {
    ...trade,
    bars,
    exit: trade.entry + 1,
    feasible,
    survivors,
    best: best as SizeIndex,
    returns,
  };
}

/** A reader of trades that lie in memory. */
export const readerOf = (trades: readonly TradeOnBars[]): TradeReader => ({
  count: trades.length,
  barSeconds: 3600,
  forEach: (visit) => trades.forEach(visit),
});

const falling = (from: number, to: number) => ({
  from,
  to,
  shares: Array.from({ length: 11 }, (_, i) => 1 - i / 10),
});

/** Bars that the bundled market was fitted to, which models of these tests say that theirs was too. */
export const FITTED: FittedBars = {
  instrument: 'gold',
  from: 1_521_406_800 as UtcSeconds,
  to: 1_672_434_000 as UtcSeconds,
};

/** What a model of any kind stores beside its net and its name, with weights that nobody trained. */
function untrainedNet(
  seed: number,
  exitRule: ExitRule,
  features: readonly string[],
  layers: readonly LayerShape[],
) {
  const random = randomStream(seed);
  return {
    barSeconds: 3600,
    exitRule,
    features,
    scaler: { mean: features.map(() => 0), deviation: features.map(() => 1) },
    layers,
    weights: encodeWeights(initialWeights(layers, () => random.uniform())),
    baselines: {
      constant: falling(-9, 1),
      volatility: falling(-2, 6),
      lookup: { edges: [0], tables: [falling(-2, 5), falling(-2, 6)] },
    },
    provenance: {
      dataset: { description: 'none', checksum: '0', trades: 1 },
      fitted: FITTED,
      seed,
      config: { epochs: 1 },
      epochs: [{ trainingLoss: 1, validationLoss: 1 }],
      baselineLosses: {},
      versions: {},
      commands: [],
      trainedAt: 0,
      scores: [],
    },
  };
}

/** A V3 as it is stored. */
export function untrained(seed: number, exitRule: ExitRule = SHORT_CROSS): StoredV3 {
  const layers = layersOf([RISK_FEATURE_COUNT, 8, 8, CURVE_BINS]);
  return {
    kind: 'v3',
    name: `untrained ${seed}`,
    ...untrainedNet(seed, exitRule, RISK_FEATURE_NAMES, layers),
    meanReturn: Array.from({ length: CURVE_BINS + 1 }, () => 0),
  };
}

const windowNet = (seed: number, outputs: number) =>
  untrainedNet(seed, SHORT_CROSS, WINDOW_FEATURE_NAMES, [
    { inputs: WINDOW_INPUTS, outputs: 8 },
    { inputs: 8, outputs },
  ]);

/** A V1 as it is stored. */
export const untrainedV1 = (seed: number): StoredV1 => ({
  kind: 'v1',
  name: `untrained V1 ${seed}`,
  ...windowNet(seed, SIZE_COUNT),
});

/** A V2 as it is stored. */
export const untrainedV2 = (seed: number): StoredV2 => ({
  kind: 'v2',
  name: `untrained V2 ${seed}`,
  ...windowNet(seed, 2 * SIZE_COUNT),
});

/** One of every kind. */
export const UNTRAINED: { readonly [K in ModelKind]: StoredModel<K> } = {
  v1: untrainedV1(1),
  v2: untrainedV2(1),
  v3: untrained(1),
};
