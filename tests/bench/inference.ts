import { EXIT_RULES } from '../../src-main/domain/exits/exit-rule.ts';
import { RISK_FEATURE_COUNT } from '../../src-main/domain/features/features.ts';
import { CURVE_BINS } from '../../src-main/domain/risk/risk-curve.ts';
import { randomStream } from '../../src-main/domain/stats/random.ts';
import { SIZE_COUNT } from '../../src-main/domain/size.ts';
import { encodeWeights } from '../../src-main/models/stored-model.ts';
import { openSizeCurve } from '../../src-main/models/v2/size-model.ts';
import { openRiskCurve } from '../../src-main/models/v3/curve-model.ts';
import { initialWeights, layersOf, type LayerShape } from '../../src-main/models/network.ts';
import { WINDOW_INPUTS } from '../../src-main/models/window.ts';
import { randomWalk, untrained, untrainedV2 } from '../unit/models/fixtures.ts';
import { median, print, quantile } from './measure.ts';

const CURVES = 2_000;
const MOST_MS = 0.2;

/** Chance weights of the sizes that are trained: arithmetic takes as long on any numbers. */
function chanceNet(layers: readonly LayerShape[]) {
  const random = randomStream(1);
  return { layers, weights: encodeWeights(initialWeights(layers, () => random.uniform())) };
}

/** From bars to the curve that the desk reads, as when a bar has closed. */
export function benchInference(): void {
  const bars = randomWalk(CURVES + 400, 1);
  const riskCurve = openRiskCurve({
    ...untrained(1, EXIT_RULES.cross),
    ...chanceNet(layersOf([RISK_FEATURE_COUNT, 32, 32, CURVE_BINS])),
  });
  const sizeCurve = openSizeCurve({
    ...untrainedV2(1),
    ...chanceNet([
      { inputs: WINDOW_INPUTS, outputs: 128 },
      { inputs: 128, outputs: 64 },
      { inputs: 64, outputs: 2 * SIZE_COUNT },
    ]),
  });
  const curves = {
    'V3, the risk curve of a trade': (at: number) => riskCurve(bars, at, 'long'),
    'V2, 30 sizes in one account': (at: number) => sizeCurve(bars, at, 'long', [20]),
    'V2, 30 sizes in all accounts': (at: number) => sizeCurve(bars, at, 'long'),
  };
  for (const [name, curveAt] of Object.entries(curves)) {
    const times = Array.from({ length: CURVES }, (_, i) => {
      const start = performance.now();
      curveAt(400 + i);
      return performance.now() - start;
    }).toSorted((a, b) => a - b);
    print({
      name: `${name}, median of ${CURVES}`,
      value: median(times),
      unit: 'ms',
      target: `≤ ${MOST_MS} ms`,
      met: median(times) <= MOST_MS,
      note: `p99 ${quantile(times, 0.99).toFixed(3)} ms`,
    });
  }
}
