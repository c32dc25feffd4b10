import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src-main/contract/errors.ts';
import {
  decodeWeights,
  encodeWeights,
  readModelFile,
  writeModelFile,
} from '../../../src-main/models/model-file.ts';
import { openRiskNet, riskCurve } from '../../../src-main/models/v3/risk-net.ts';
import { randomWalk, untrained } from './fixtures.ts';

/** The error's sentence, so that a test shows what a trader would read. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof CodedError && error.code === 'bad-model-file') return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a model file', () => {
  const text = writeModelFile(untrained(1));

  it('gives back what was written, and the same curve to the last bit', () => {
    expect(readModelFile(text)).toEqual(untrained(1));
    const bars = randomWalk(200, 1);
    const curve = (stored: ReturnType<typeof untrained>) =>
      riskCurve(openRiskNet(stored), bars, 199, 'short');
    expect(curve(readModelFile(text))).toEqual(curve(untrained(1)));
  });

  it('writes the same text for the same model, whatever the order of its fields', () => {
    const { kind, ...others } = untrained(1);
    expect(writeModelFile({ ...others, kind })).toBe(text);
  });

  it('is refused when anything in it was changed', () => {
    const changed = text.replace('"untrained 1"', '"untrained 2"');
    expect(refusal(() => readModelFile(changed))).toMatch(/changed after it was written/);
    const weights = untrained(1).weights;
    const otherWeights = `${weights[0] === 'A' ? 'B' : 'A'}${weights.slice(1)}`;
    expect(refusal(() => readModelFile(text.replace(weights, otherWeights)))).toMatch(/changed/);
  });

  it('is refused when it is foreign, newer, cut short or incomplete', () => {
    expect(refusal(() => readModelFile('PK\u0003\u0004'))).toMatch(/not JSON/);
    expect(refusal(() => readModelFile(text.slice(0, 500)))).toMatch(/not JSON/);
    expect(refusal(() => readModelFile('null'))).toMatch(/did not write it/);
    expect(refusal(() => readModelFile('{"format":"onnx"}'))).toMatch(/did not write it/);
    const newer = text.replace('"version": 1', '"version": 2');
    expect(refusal(() => readModelFile(newer))).toMatch(/version 2, known is 1/);
    const { meanReturn, ...incomplete } = JSON.parse(text).model;
    const file = { ...JSON.parse(text), model: incomplete };
    expect(meanReturn).toBeDefined();
    expect(refusal(() => readModelFile(JSON.stringify(file)))).toMatch(/model\.meanReturn/);
  });

  it('is refused when its net does not fit the features or the weights', () => {
    const stored = untrained(1);
    const renamed = { ...stored, features: stored.features.toReversed() };
    expect(refusal(() => openRiskNet(renamed))).toMatch(/other features/);
    const narrow = { ...stored, layers: stored.layers.slice(0, 2) };
    expect(refusal(() => openRiskNet(narrow))).toMatch(/other features/);
    const short = { ...stored, weights: encodeWeights(new Float32Array(3)) };
    expect(refusal(() => openRiskNet(short))).toMatch(/holds 3 weights where its layers need/);
  });

  it('keeps every bit of every weight', () => {
    const weights = Float32Array.of(0, -0, 1 / 3, -1e-40, 3.4e38);
    expect(decodeWeights(encodeWeights(weights), 5)).toEqual(weights);
  });
});
