import { describe, expect, it } from 'vitest';
import { settleLadder } from '../../../src-main/domain/risk/ladder.ts';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { SIZE_COUNT } from '../../../src-main/domain/size.ts';
import { decodeWeights } from '../../../src-main/models/stored-model.ts';
import type { StoredV1 } from '../../../src-main/models/v1/pick-model.ts';
import type { StoredV2 } from '../../../src-main/models/v2/size-model.ts';
import { openLadderModel } from '../../../src-main/models/kinds.ts';
import { PlainNetwork } from '../../../src-main/models/network.ts';
import {
  PlainWindowNetwork,
  windowInputs,
  WINDOW_INPUTS,
  windowStandardiser,
} from '../../../src-main/models/window.ts';
import { openSizeCurve } from '../../../src-main/models/v2/size-model.ts';
import { randomWalk, untrained, untrainedV1, untrainedV2 } from './fixtures.ts';
import type { Money, UsdPerOunce } from '../../../src-main/domain/units.ts';

const BARS = randomWalk(300, 4);
const AT = 250;
const PRICE = BARS.close[AT] as UsdPerOunce;
/** An account in which 4.50 oz has this effective leverage. */
const accountOf = (leverage: number) => ({
  price: PRICE,
  equity: ((4.5 * PRICE) / leverage) as Money,
});
/** As if it had been trained: features and log leverage near zero, none cut. */
function scaled<Stored extends StoredV1 | StoredV2>(stored: Stored): Stored {
  return {
    ...stored,
    scaler: { mean: [0, 0, 0, 0, 0, 2.6], deviation: [0.005, 0.005, 0.005, 0.005, 0.005, 0.6] },
  };
}
const V2 = scaled(untrainedV2(5));

/** The outputs of the whole net on the whole input, as training computes them. */
function outputs(stored: StoredV1 | StoredV2, leverage: number): number[] {
  const row = new Float64Array(WINDOW_INPUTS);
  windowInputs(BARS, AT, 'long', leverage, row, 0);
  windowStandardiser(stored.scaler)(row, 0, row, 0);
  return [...new PlainNetwork(stored.layers, decodeWeights(stored)).run(row)];
}

describe('the net of a window, asked for several accounts', () => {
  it('gives what the whole net gives for each of them', () => {
    const outputsAt = new PlainWindowNetwork(V2).lookAt(BARS, AT, 'long');
    for (const leverage of [5, 12, 40, 7]) {
      const whole = outputs(V2, leverage);
      outputsAt(leverage).forEach((value, i) => expect(value).toBeCloseTo(whole[i]!, 10));
    }
    expect(outputs(V2, 5)).not.toEqual(outputs(V2, 40));
  });

  it('needs the candles of its window, and reads none after the decision', () => {
    const sizeCurve = openSizeCurve(V2);
    expect(() => sizeCurve(BARS, 126, 'long')).toThrow(
      'The model needs 128 candles; 127 are loaded.',
    );
    const cut = randomWalk(200, 4);
    expect(sizeCurve(cut, 199, 'short')).toEqual(sizeCurve(BARS, 199, 'short'));
  });
});

describe('the curve of a V2', () => {
  const curve = openSizeCurve(V2)(BARS, AT, 'long');

  it('holds P and the mean return of 30 sizes in 20 accounts from 5 to 40', () => {
    expect(curve.leverages).toHaveLength(20);
    expect(curve.leverages[0]).toBe(5);
    expect(curve.leverages.at(-1)).toBeCloseTo(40, 10);
    expect(curve.p).toHaveLength(20 * SIZE_COUNT);
    expect(curve.meanReturn).toHaveLength(20 * SIZE_COUNT);
  });

  it('states P without the penalty: e^z / (5 + e^z)', () => {
    const z = outputs(V2, 5);
    for (let i = 0; i < SIZE_COUNT; i++) {
      expect(curve.p[i]).toBeCloseTo(Math.exp(z[i]!) / (5 + Math.exp(z[i]!)), 10);
      expect(curve.meanReturn[i]).toBeCloseTo(z[SIZE_COUNT + i]!, 10);
    }
  });

  it('settles the ladder of an account as the net asked in that very account does', () => {
    for (const leverage of [5, 6.1, 13.7, 19.9]) {
      const z = outputs(V2, leverage);
      const position = { ...accountOf(leverage), direction: 'short' as const, rules: STUDY_RULES };
      for (const { size, pLiquidation, expectedReturn } of settleLadder(curve, position)) {
        expect(pLiquidation).toBeCloseTo(1 / (1 + 5 * Math.exp(-z[size - 1]!)), 2);
        expect(expectedReturn).toBeCloseTo(z[SIZE_COUNT + size - 1]!, 2);
      }
    }
  });

  it('is what the evaluation judges, bit for bit', () => {
    const model = openLadderModel(V2);
    for (const leverage of [3, 5, 6.1, 13.7, 19.9, 40, 80]) {
      const position = { ...accountOf(leverage), direction: 'long' as const, rules: STUDY_RULES };
      const { p, meanReturn } = model.predict(BARS, AT, 'long', position);
      for (const { size, feasible, pLiquidation, expectedReturn } of settleLadder(
        curve,
        position,
      )) {
        if (!feasible) continue;
        expect(pLiquidation).toBe(p![size - 1]);
        expect(expectedReturn).toBe(meanReturn![size - 1]);
      }
    }
  });
});

describe('a model of each kind, asked about a ladder', () => {
  it('states P and mean returns of all sizes (V2)', () => {
    const model = openLadderModel(V2);
    expect(model).toMatchObject({ name: 'untrained V2 5', kind: 'v2' });
    const { p, meanReturn, pick } = model.predict(BARS, AT, 'long', accountOf(12.5));
    const z = outputs(V2, 12.5);
    expect(pick).toBeNull();
    // The smallest of 30 sizes, at 0.42 times, is liquidated by no fall of a price.
    const stated = z.slice(0, SIZE_COUNT).map((one) => 1 / (1 + 5 * Math.exp(-one)));
    p!.forEach((one, i) => expect(one).toBeCloseTo(i === 0 ? 0 : stated[i]!, 2));
    meanReturn!.forEach((one, i) => expect(one).toBeCloseTo(z[SIZE_COUNT + i]!, 2));
  });

  it('reads an account outside 5 to 40 at equal leverage in the nearest trained one (V2)', () => {
    const model = openLadderModel(V2);
    const large = [...model.predict(BARS, AT, 'long', accountOf(80)).p!];
    const largest = [...model.predict(BARS, AT, 'long', accountOf(40)).p!];
    for (let size = 1; size <= 7; size++) {
      expect(large[size - 1]).toBeCloseTo(largest[2 * size - 1]!, 9);
    }
    expect(large.slice(7)).toEqual(new Array(23).fill(1));
  });

  it('states P that never falls with the size (V3)', () => {
    const model = openLadderModel(untrained(3));
    expect(model).toMatchObject({ name: 'untrained 3', kind: 'v3' });
    const { p, meanReturn, pick } = model.predict(BARS, AT, 'short', accountOf(18));
    expect(pick).toBeNull();
    expect([...p!]).toEqual([...p!].sort((a, b) => a - b));
    expect(meanReturn).toHaveLength(SIZE_COUNT);
  });

  it('picks the most likely size and states no P (V1)', () => {
    const stored = scaled(untrainedV1(2));
    const model = openLadderModel(stored);
    const likeliest = (leverage: number) => {
      const logits = outputs(stored, leverage);
      return logits.indexOf(Math.max(...logits)) + 1;
    };
    const pick = (leverage: number) => model.predict(BARS, AT, 'long', accountOf(leverage));
    for (const leverage of [5, 9, 33]) {
      expect(pick(leverage)).toEqual({ p: null, meanReturn: null, pick: likeliest(leverage) });
    }
    expect(pick(80).pick).toBe(Math.max(1, Math.floor(likeliest(40) / 2)));
    expect(pick(2.5).pick).toBe(Math.min(30, likeliest(5) * 2));
  });
});
