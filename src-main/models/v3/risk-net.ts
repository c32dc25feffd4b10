import { CodedError } from '../../contract/errors.ts';
import {
  candlesNeeded,
  RISK_FEATURE_COUNT,
  RISK_FEATURE_NAMES,
  riskFeatures,
} from '../../domain/features.ts';
import { CURVE_BINS, liquidationProbability, type RiskCurve } from '../../domain/risk-curve.ts';
import { decodeWeights, type StoredModel } from '../model-file.ts';
import { PlainNetwork } from '../plain-network.ts';
import { standardise } from '../scaler.ts';
import { weightCount } from '../weights.ts';
import { cumulativeHazardOf } from './curve.ts';
import type { Bars } from '../../domain/bars.ts';
import type { Direction } from '../../domain/units.ts';
import type { RiskModel } from '../risk-model.ts';

/** A stored V3 model made ready to be read. */
export interface RiskNet {
  readonly stored: StoredModel;
  readonly network: PlainNetwork;
}

/** Throws `bad-model-file` where the model was made for other features or another curve. */
export function openRiskNet(stored: StoredModel): RiskNet {
  const { features, layers, scaler } = stored;
  const fits =
    features.join() === RISK_FEATURE_NAMES.join() &&
    scaler.mean.length === RISK_FEATURE_COUNT &&
    scaler.deviation.length === RISK_FEATURE_COUNT &&
    layers.every(({ inputs }, i) => inputs === (layers[i - 1]?.outputs ?? RISK_FEATURE_COUNT)) &&
    layers.at(-1)!.outputs === CURVE_BINS;
  if (!fits) {
    const problem = 'it reads other features of the candles than this version does';
    throw new CodedError('bad-model-file', { problem });
  }
  const weights = decodeWeights(stored.weights, weightCount(layers));
  return { stored, network: new PlainNetwork(layers, weights) };
}

/**
 * The risk curve of a trade entered at the close of bar `at`, from the bars up to it. A few
 * microseconds; the same bits for the same candles. Throws `too-few-bars`.
 */
export function riskCurve(
  { stored, network }: RiskNet,
  bars: Bars,
  at: number,
  direction: Direction,
): RiskCurve {
  const needed = candlesNeeded(stored.exitRule);
  if (at + 1 < needed) throw new CodedError('too-few-bars', { needed, loaded: at + 1 });
  const features = new Float64Array(RISK_FEATURE_COUNT);
  const reference = riskFeatures(bars, at, direction, stored.exitRule, features, 0);
  standardise(features, stored.scaler);
  return {
    reference,
    cumulativeHazard: cumulativeHazardOf(network.run(features)),
    meanReturn: stored.meanReturn,
  };
}

/** The net as a model to be judged beside the baselines. */
export function asRiskModel(net: RiskNet): RiskModel {
  return {
    name: 'V3',
    curveAt(bars, at, direction) {
      const curve = riskCurve(net, bars, at, direction);
      return (move) => liquidationProbability(curve, move);
    },
  };
}
