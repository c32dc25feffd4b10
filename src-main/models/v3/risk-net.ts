import { CodedError } from '../../contract/errors.ts';
import { candlesNeeded, RISK_FEATURE_COUNT, riskFeatures } from '../../domain/features/features.ts';
import { ladderModelOf } from '../curve-ladder.ts';
import { decodeWeights, type StoredV3 } from '../model-file.ts';
import { PlainNetwork } from '../plain-network.ts';
import { standardise } from '../train/scaler.ts';
import { cumulativeHazardOf } from './curve.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { HazardCurve } from '../../domain/risk/risk-curve.ts';
import type { Direction } from '../../domain/units.ts';
import type { LadderModel } from '../ladder-model.ts';

/** A stored V3 model made ready to be read. */
export interface RiskNet {
  readonly stored: StoredV3;
  readonly network: PlainNetwork;
}

export const openRiskNet = (stored: StoredV3): RiskNet => ({
  stored,
  network: new PlainNetwork(stored.layers, decodeWeights(stored)),
});

/**
 * The risk curve of a trade entered at the close of bar `at`, from the bars up to it. A few
 * microseconds; the same bits for the same candles. Throws `too-few-bars`.
 */
export function riskCurve(
  { stored, network }: RiskNet,
  bars: Bars,
  at: number,
  direction: Direction,
): HazardCurve {
  const needed = candlesNeeded(stored.exitRule);
  if (at + 1 < needed) throw new CodedError('too-few-bars', { needed, loaded: at + 1 });
  const features = new Float64Array(RISK_FEATURE_COUNT);
  const reference = riskFeatures(bars, at, direction, stored.exitRule, features, 0);
  standardise(features, stored.scaler);
  return {
    kind: 'hazard',
    reference,
    cumulativeHazard: cumulativeHazardOf(network.run(features)),
    meanReturn: stored.meanReturn,
  };
}

/** The net as a model to be asked about the 30 sizes of a trade. */
export const asLadderModel = (net: RiskNet): LadderModel =>
  ladderModelOf(net.stored, (bars, at, direction) => riskCurve(net, bars, at, direction));
