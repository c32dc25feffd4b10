import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src-main/contract/errors.ts';
import { decodeWeights, encodeWeights } from '../../../src-main/models/stored-model.ts';
import { readModelFile, writeModelFile } from '../../../src-main/models/model-file.ts';
import type { StoredModel } from '../../../src-main/models/kinds.ts';
import { readResource } from '../../../src-main/app/folder/resources.ts';
import { openRiskCurve } from '../../../src-main/models/v3/curve-model.ts';
import { randomWalk, untrained, untrainedV1, untrainedV2 } from './fixtures.ts';

/** The error's sentence, so that a test shows what a trader would read. */
function refusal(text: string): string {
  try {
    readModelFile(text, 'other.json');
  } catch (error) {
    if (error instanceof CodedError && error.code === 'bad-model-file') return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A file with a right seal, of whatever model: what a foreign program could write. */
function sealed(model: object): string {
  const sha256 = createHash('sha256').update(JSON.stringify(model)).digest('hex');
  return JSON.stringify({ format: 'size-picker-model', version: 1, sha256, model });
}

const KINDS: readonly (readonly [string, StoredModel])[] = [
  ['V1', untrainedV1(1)],
  ['V2', untrainedV2(1)],
  ['V3', untrained(1)],
];

describe('a model file', () => {
  const text = writeModelFile(untrained(1));

  it.each(KINDS)('of a %s gives back what was written', (_, stored) => {
    expect(readModelFile(writeModelFile(stored))).toEqual(stored);
  });

  it('gives the same curve to the last bit', () => {
    const bars = randomWalk(200, 1);
    const curve = (stored: StoredModel) =>
      openRiskCurve(stored as StoredModel<'v3'>)(bars, 199, 'short');
    expect(curve(readModelFile(text))).toEqual(curve(untrained(1)));
  });

  it('writes the same text for the same model, whatever the order of its fields', () => {
    const { kind, ...others } = untrained(1);
    expect(writeModelFile({ ...others, kind })).toBe(text);
  });

  it('keeps what a version of tomorrow adds under the same seal', () => {
    const model = { ...untrained(1), mood: 'calm' };
    expect(readModelFile(sealed(model))).toEqual(untrained(1));
  });

  it('that was bundled before V1 and V2 opens', () => {
    const bundled = readResource('models/v3-cross-gold.json').toString('utf8');
    expect(readModelFile(bundled)).toMatchObject({ kind: 'v3', barSeconds: 3600 });
  });

  it('keeps every bit of every weight', () => {
    const weights = Float32Array.of(0, -0, 1 / 3, -1e-40, 3.4e38);
    expect(decodeWeights({ weights: encodeWeights(weights) })).toEqual(weights);
  });

  it('is named in the refusal', () => {
    expect(refusal('')).toBe('other.json cannot be used as a model: it is not JSON.');
  });
});

describe('a changed model file', () => {
  /** Every number, text and flag in it, each by its way through the file. */
  function leaves(value: unknown, way: readonly string[] = []): string[][] {
    if (typeof value !== 'object' || value === null) return [[...way]];
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...way, key]));
  }
  const flip = (value: unknown) =>
    typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}x` : !value;

  it.each(KINDS)('of a %s is refused whichever field was flipped', (_, stored) => {
    const text = writeModelFile(stored);
    const ways = leaves(JSON.parse(text));
    expect(ways.length).toBeGreaterThan(90);
    for (const way of ways) {
      const file = JSON.parse(text);
      const place = way.slice(0, -1).reduce((at, key) => at[key], file);
      place[way.at(-1)!] = flip(place[way.at(-1)!]);
      expect(refusal(JSON.stringify(file)), way.join('.')).toMatch(
        way[0] === 'format'
          ? /did not write it/
          : way[0] === 'version'
            ? /version 2, known is 1/
            : /it was changed after it was written/,
      );
    }
  });

  it('is refused when a weight was flipped, or a field taken out', () => {
    const { weights } = untrained(1);
    const others = `${weights[0] === 'A' ? 'B' : 'A'}${weights.slice(1)}`;
    const text = writeModelFile(untrained(1));
    expect(refusal(text.replace(weights, others))).toMatch(/it was changed/);
    const { meanReturn: _, ...incomplete } = JSON.parse(text).model;
    const file = { ...JSON.parse(text), model: incomplete };
    expect(refusal(JSON.stringify(file))).toMatch(/it was changed/);
  });
});

describe('a foreign file', () => {
  it.each([
    ['of another format', 'PK\u0003\u0004', /it is not JSON/],
    ['cut short', writeModelFile(untrained(1)).slice(0, 500), /it is not JSON/],
    ['null', 'null', /Size Picker did not write it/],
    ['a list', '[1, 2]', /Size Picker did not write it/],
    ['of another program', '{"format":"onnx"}', /Size Picker did not write it/],
    ['newer', '{"format":"size-picker-model","version":2}', /it has version 2, known is 1/],
    ['without a seal', '{"format":"size-picker-model","version":1,"model":{}}', /sha256: /],
    [
      'without a model',
      '{"format":"size-picker-model","version":1,"sha256":""}',
      /it holds no model/,
    ],
  ])('is refused: %s', (_, text, why) => {
    expect(refusal(text)).toMatch(why);
  });

  const v3 = untrained(1);
  const v2 = untrainedV2(1);
  const { meanReturn: _, ...incomplete } = v3;
  const [first, second] = v2.layers;
  const withWeight = (weight: number) => {
    const weights = decodeWeights(v3);
    weights[9] = weight;
    return { ...v3, weights: encodeWeights(weights) };
  };
  it.each([
    ['a field is missing', incomplete, /model\.meanReturn: /],
    ['the kind is unknown', { ...v3, kind: 'v4' }, /model\.kind: /],
    ['its name could not be shown', { ...v3, name: 'V3\u001B[2J' }, /model\.name: /],
    ['its weights are no base64', { ...v3, weights: 'ü' }, /model\.weights: /],
    [
      'it reads other features',
      { ...v3, features: v3.features.toReversed() },
      /it reads other features of the candles than this version does/,
    ],
    ['a V3 calls itself a V2', { ...v3, kind: 'v2' }, /it reads other features/],
    ['a V2 calls itself a V1', { ...v2, kind: 'v1' }, /it has 60 outputs where a V1 has 30/],
    [
      'its scaler has another width',
      { ...v2, scaler: { mean: v2.scaler.mean.slice(1), deviation: v2.scaler.deviation } },
      /its scaler has 5 and 6 numbers for 6 features/,
    ],
    [
      'its scaler divides by nothing',
      { ...v3, scaler: { ...v3.scaler, deviation: v3.scaler.deviation.with(0, 0) } },
      /model\.scaler\.deviation\.0: /,
    ],
    [
      'its layers do not chain',
      { ...v2, layers: [first, { ...second, inputs: 9 }] },
      /its layer 2 takes 9 numbers where 8 come/,
    ],
    [
      'its first layer takes something else',
      { ...v2, layers: [{ ...first, inputs: 640 }, second] },
      /its layer 1 takes 640 numbers where 641 come/,
    ],
    ['a layer is missing', { ...v3, layers: v3.layers.slice(0, 2) }, /it has 8 outputs where/],
    [
      'it has too few weights',
      { ...v3, weights: encodeWeights(new Float32Array(3)) },
      /it holds 3 weights where its layers need 560/,
    ],
    ['a weight is NaN', withWeight(NaN), /its weight 10 is not a number/],
    ['a weight is infinite', withWeight(-Infinity), /its weight 10 is not a number/],
    [
      'a bucket of its baseline has no table',
      {
        ...v3,
        baselines: {
          ...v3.baselines,
          lookup: { edges: [0, 1], tables: v3.baselines.lookup.tables },
        },
      },
      /model\.baselines\.lookup: a bucket has no table/,
    ],
  ])('with a right seal is refused where %s', (_, model, why) => {
    expect(refusal(sealed(model))).toMatch(why);
  });

  it('with a number that is none is refused, though the seal cannot tell it from null', () => {
    const text = sealed({ ...v3, meanReturn: [NaN, ...v3.meanReturn.slice(1)] });
    expect(refusal(text)).toMatch(/model\.meanReturn\.0: /);
    expect(refusal(text.replace('[null,', '[1e999,'))).toMatch(/model\.meanReturn\.0: /);
  });
});
