import { z } from 'zod';
import { CodedError } from '../../contract/errors.ts';
import {
  candlesNeeded,
  RISK_FEATURE_COUNT,
  RISK_FEATURE_NAMES,
  riskFeatures,
} from '../../domain/features/features.ts';
import { CURVE_BINS, type HazardCurve } from '../../domain/risk/risk-curve.ts';
import { ladderModelOf } from '../ladder-model.ts';
import { PlainNetwork, standardise } from '../network.ts';
import { decodeWeights, storedFields } from '../stored-model.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { Direction } from '../../domain/units.ts';

const schema = z.object({
  kind: z.literal('v3'),
  ...storedFields,
  /** At the curve's 25 edges: mean return of the training trades as a share of the money at stake. */
  meanReturn: z
    .array(z.number())
    .length(CURVE_BINS + 1)
    .readonly(),
});
export type StoredV3 = z.infer<typeof schema>;

/**
 * V3, the risk curve: from summary features of the candles, one logit for each of the 24 bins of a
 * hazard curve, hence one P(liquidation) for every size, which never falls with size.
 */
export const curveKind = {
  schema,
  net: { features: RISK_FEATURE_NAMES, inputs: RISK_FEATURE_COUNT, outputs: CURVE_BINS },
  openLadder: (stored: StoredV3) => ladderModelOf(stored, openRiskCurve(stored)),
  openCurve: openRiskCurve,
};

/**
 * A stored V3, ready to draw the risk curve of a trade entered at the close of a bar, from the bars
 * up to it. A few microseconds; the same bits for the same candles. Throws `too-few-bars`.
 */
export function openRiskCurve(stored: StoredV3) {
  const network = new PlainNetwork(stored.layers, decodeWeights(stored));
  const needed = candlesNeeded(stored.exitRule);
  return (bars: Bars, at: number, direction: Direction): HazardCurve => {
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
  };
}

/** log(1 + exp(z)), without overflow. */
const softplus = (z: number) => Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z)));

/** Cumulative hazard at the curve's edges from the net's logits: starts at 0, never decreases. */
export function cumulativeHazardOf(logits: Float64Array): number[] {
  const edges = [0];
  for (let bin = 0; bin < CURVE_BINS; bin++) edges.push(edges[bin]! + softplus(logits[bin]!));
  return edges;
}
